"""What was agreed, in plain Dutch."""
