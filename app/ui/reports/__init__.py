"""Numbers to look at, print and hand in: reports as chart and table, files of a class."""
