"""References: what each document of a register belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gehoor.services.ports.store import Document


@dataclass(frozen=True)
class Owner:
    """Where a document says what it belongs to: in a member, or in its key, of which only the part before a slash
    counts."""

    table: str
    member: str = ""

    def of(self, key: str, document: Document) -> str:
        """Return the key of the owner; empty when there is none."""
        name = document.get(self.member) if self.member else key.partition("/")[0]
        # A role in a department, as that of a task that nobody has yet, is no account.
        of_role = self.table == "accounts" and isinstance(name, str) and ":" in name
        return name if isinstance(name, str) and not of_role else ""


_DOSSIER: Final = Owner("events")
_IN_DOSSIER: Final = Owner("events", "dossier")
_ACCOUNT: Final = Owner("accounts", "account")

OWNERS: Final[Mapping[str, tuple[Owner, ...]]] = {
    "dossiers": (_DOSSIER, Owner("agreements", "agreement")),
    "pending": (_DOSSIER,),
    "recounts": (_DOSSIER,),
    "match_keys": (_DOSSIER,),
    "texts": (_IN_DOSSIER,),
    "exclusions": (_IN_DOSSIER,),
    "tasks": (_IN_DOSSIER, _ACCOUNT),
    "confidential": (_DOSSIER, Owner("clearances", "clearance")),
    "clearances": (Owner("agreements", "agreement"),),
    "access_log": (_IN_DOSSIER,),
    "account_log": (_ACCOUNT,),
    "submissions": (_IN_DOSSIER,),
    "messages": (_IN_DOSSIER,),
    "retention": (_DOSSIER,),
    "publications": (Owner("agreements", "agreement"),),
    "proposal_log": (Owner("proposals", "proposal"),),
    "sessions": (_ACCOUNT,),
    "second_steps": (_ACCOUNT,),
    "searches": (_ACCOUNT,),
    "attachments": (Owner("attachment_contents"), _IN_DOSSIER),
    "attachment_contents": (Owner("attachments"),),
}
"""Table -> what its documents belong to. Those that belong to ``events`` belong to a dossier."""
