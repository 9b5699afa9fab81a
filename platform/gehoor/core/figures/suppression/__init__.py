"""Suppression: what the public version of a report leaves out, so that nothing hidden can be worked out."""
