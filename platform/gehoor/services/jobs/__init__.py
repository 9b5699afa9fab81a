"""Jobs: the sweep, and making the search index anew."""
