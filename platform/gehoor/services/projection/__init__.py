"""The projection: what lists, search and rules read of dossiers, worked out from what was saved."""
