"""Workbooks to records and back."""
