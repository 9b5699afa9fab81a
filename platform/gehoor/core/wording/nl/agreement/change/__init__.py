"""What changes between two agreements, in words."""
