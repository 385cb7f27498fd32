"""Tests of what is kept: on a real encrypted file, with real processes."""
