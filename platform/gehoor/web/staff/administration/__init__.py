"""Managing accounts: who there is, what they may, and who is away or leaves."""
