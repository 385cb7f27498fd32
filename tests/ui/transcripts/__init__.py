"""The transcripts screen."""
