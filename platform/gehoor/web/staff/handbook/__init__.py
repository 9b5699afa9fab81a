"""The handbook, for whoever is signed in."""
