"""The stopwatch's own tests."""
