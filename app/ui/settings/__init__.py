"""Thiết lập: the school, its people, how it signs, sends, checks and keeps; and how things are shown."""
