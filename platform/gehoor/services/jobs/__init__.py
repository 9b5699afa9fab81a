"""Jobs: the sweep, the outbox, making the search index anew."""
