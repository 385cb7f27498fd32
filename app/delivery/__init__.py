"""Signed documents to the archive folder and to destinations."""
