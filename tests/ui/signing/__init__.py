"""The signing screen in the real window, with SoftHSM tokens."""
