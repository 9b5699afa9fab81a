"""Commands on agreements: check, show, compare, publish."""
