"""Export: schemas for editors, and the reference of keywords."""
