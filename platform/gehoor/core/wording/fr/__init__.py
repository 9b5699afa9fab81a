"""French sentences, as Belgian administrations write them."""
