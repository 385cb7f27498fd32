"""The first start on a PC without data."""
