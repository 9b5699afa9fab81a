"""Correspondence: letters to whoever told something, from the draft to the letter as it was sent."""
