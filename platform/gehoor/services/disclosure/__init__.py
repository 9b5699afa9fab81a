"""Disclosure: what is kept about one person, for whoever asks it (GDPR, article 15)."""
