"""Transcripts of a class: drafts, what was issued, and issuing."""
