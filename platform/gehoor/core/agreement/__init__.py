"""Agreements: everything that one department has agreed, as immutable values."""
