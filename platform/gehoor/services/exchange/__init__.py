"""Exchange: programs of others, that ask and change, and that hear what happened."""
