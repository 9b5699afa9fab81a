"""Commands on agreements: show them, compare, publish and end them."""
