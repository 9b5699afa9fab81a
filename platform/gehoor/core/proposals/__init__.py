"""Proposals: changed files of an organisation, who works on them, and who agrees, before anything holds."""
