"""What is kept: the encrypted store, its tables, and the only translation between rows and records."""
