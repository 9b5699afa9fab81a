"""The pure heart: agreements, dossiers, deadlines and decisions. No clock, no files, no network."""
