"""Signing in, and the locked screen."""
