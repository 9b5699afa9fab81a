"""Access: who may do what, who is kept out, who is told."""
