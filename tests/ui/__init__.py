"""The window, driven as a person would: keys and clicks, waiting for signals."""
