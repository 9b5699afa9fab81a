"""Messages: written from the agreed letters, claimed, and handed over to people."""
