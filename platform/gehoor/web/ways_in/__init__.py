"""The ways in to what is added most: said as people say it, on a page of its own."""
