"""The verbs of the command line: arguments in, one JSON object or readable lines out."""
