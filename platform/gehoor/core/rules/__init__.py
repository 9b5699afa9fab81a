"""Rules and their effects, duties, and the names that facts have in them."""
