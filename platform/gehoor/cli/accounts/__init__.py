"""Commands about accounts: people, roles, absence, passwords, and the second person who confirms."""
