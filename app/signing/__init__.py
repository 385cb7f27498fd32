"""Bytes to signed bytes, and the checking of signatures."""
