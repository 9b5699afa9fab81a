"""Proposals: agreements are changed, discussed, approved and published, each by whom the agreements in force let."""
