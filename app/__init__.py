"""Học bạ số: class results in, signed and archived digital transcripts out, without a network."""

__version__ = "0.1.0"
