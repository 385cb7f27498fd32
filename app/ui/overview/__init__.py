"""The overview: nine stages of every class at once."""
