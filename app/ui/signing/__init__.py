"""Signing and sealing with a USB token: before, the PIN, the run, and what came of it."""
