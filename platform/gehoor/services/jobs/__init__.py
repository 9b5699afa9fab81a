"""Jobs: the sweep, recounting, and making the search index anew."""
