"""Commands about programs of others."""
