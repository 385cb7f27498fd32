"""What a class is: frozen values and rules. No I/O, no third-party imports."""
