"""What is kept: tables, the encrypted store, and the only translator between rows and records."""
