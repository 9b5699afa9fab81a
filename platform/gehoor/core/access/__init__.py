"""Access: roles, the rights on fields, and what a password must be."""
