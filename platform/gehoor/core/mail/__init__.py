"""E-mail that comes in: read from its bytes, without trusting any of them."""
