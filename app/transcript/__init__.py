"""Records to XML bytes and PDF/A bytes."""
