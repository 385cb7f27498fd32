"""The window around the screens: top bar, nav, status strip, workspace."""
