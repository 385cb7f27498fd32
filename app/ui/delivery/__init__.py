"""Archive and delivery: the outbox, the stick, the archive, the receipts."""
