"""Tests of delivery: destinations, retry, queue, receipts, packages, archive."""
