"""Tra cứu, xác minh: looking pupils up, checking files, and the code of a printed page."""
