"""Sheets: what stands at a place of a file as a form, made from the meta-schemas, and a filled-in one as an edit."""
