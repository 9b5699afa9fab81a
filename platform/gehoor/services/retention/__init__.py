"""Retention: which dossiers need not be kept any more, who approves that, and anonymising them."""
