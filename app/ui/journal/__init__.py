"""The change log in words, filtered, checked and exported."""
