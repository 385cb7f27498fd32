"""What the rules found, and the approval of classes."""
