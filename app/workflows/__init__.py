"""The user's verbs: the only layer that opens transactions and joins stages."""
