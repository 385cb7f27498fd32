"""The window. Qt lives here and in app/main.py only."""
