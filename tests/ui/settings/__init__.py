"""The settings, driven as a person would."""
