"""Rules, conditions and terms, in plain Dutch."""
