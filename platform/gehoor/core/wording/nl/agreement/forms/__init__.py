"""Forms, in plain Dutch."""
