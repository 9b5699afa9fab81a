"""Webhooks: what happened, told to programs elsewhere over HTTP."""
