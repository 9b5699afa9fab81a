"""The dossier: a fold over its events, who is kept from it, and how it is found again."""
