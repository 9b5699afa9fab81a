"""Letters to whoever told something: what they are made of, and how one is composed for a dossier."""
