"""Checking a workspace: one's own, of which is kept what was right, and one that came from somebody else."""
