"""The exit kit on disk: a folder or a zip, and the program in it that verifies it without Gehoor."""
