"""Intake: the wizard, saved drafts, and the page that shows how a complaint stands."""
