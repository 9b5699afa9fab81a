"""What people do with a dossier beside filling in its form."""
