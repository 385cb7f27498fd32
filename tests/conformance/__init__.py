"""The judges' own tests: a judge that cannot say no is worthless."""
