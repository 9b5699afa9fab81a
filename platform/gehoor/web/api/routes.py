"""The addresses for programs, put together."""

from __future__ import annotations

from flask import Flask

from gehoor.web.api import actions, agreements, attachments, description, dossiers, submissions
from gehoor.web.api.faults import ProblemError
from gehoor.web.api.operations import pages

__all__ = ["MODULES", "install", "pages"]

MODULES = (actions, agreements, attachments, description, dossiers, submissions)
"""Every module hangs its addresses in the blueprint when it is imported."""


def install(app: Flask) -> None:
    """Let a program hear what cannot be."""
    app.register_error_handler(ProblemError, lambda error: error.answer)
