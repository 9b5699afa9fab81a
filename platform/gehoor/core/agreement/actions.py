"""What someone does with a dossier or for a department, and the roles that the agreement keeps it for."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What the agreement can keep for some roles, under ``rights``. What it does not name, everyone may who works
    there."""

    REGISTER = "register"
    FILL_IN = "fill-in"
    COMPLETE = "complete"
    SUSPEND_TERM = "suspend-term"
    EXTEND_TERM = "extend-term"
    SETTLE_DUTIES = "settle-duties"
    WAIVE_DUTIES = "waive-duties"
    ASSIGN = "assign-dossier"
    WRITE_MESSAGES = "write-messages"
    REOPEN = "reopen"
    READ_ATTACHMENTS = "read-attachments"
    READ_AGREEMENT = "read-agreement"
    APPROVE_RETENTION = "approve-retention"
    EXPORT_PERSON = "export-person"
