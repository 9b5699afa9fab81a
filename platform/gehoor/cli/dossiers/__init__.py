"""Commands on dossiers and terms."""
