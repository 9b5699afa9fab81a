"""Pages on which staff write letters, look at them as they will be read, and send them."""
