"""Which e-mails stay in a mailbox as they were refused, and why: nobody fetches those over and over. Nothing of what is
in them is kept, only by what the mailbox calls them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from gehoor.core.text.canonical_json import content_hash
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime

_MOST: Final = 2000
"""So many are known of one mailbox, the last ones: with more, somebody has to look."""
_LONGEST: Final = 200


@dataclass(frozen=True)
class LeftMails:
    """The e-mails of one mailbox that stay there, under one agreement, and why, by what the mailbox calls them."""

    runtime: Runtime
    setting: str
    under: str
    why: Mapping[str, str]

    @staticmethod
    def of(runtime: Runtime, place: tuple[str, str, str], waiting: Sequence[str]) -> LeftMails:
        """Return those of a mailbox (as it is known, the hash of an agreement, a form) that wait there still."""
        mailbox, agreement, form = place
        setting = f"mail-left-{sha256(mailbox.encode()).hexdigest()[:16]}"
        under, found = content_hash(f"{agreement}/{form}"), dict[str, str]()
        try:
            with reading(runtime.store) as register:
                kept = json.loads(register.setting(setting) or "{}")
        except (DamagedError, ValueError):
            # Then they are looked at once more.
            kept = {}
        # Other agreements may take in what these refused.
        if mailbox and kept.get("under") == under:
            there = set(waiting)
            found = {name: why for name, why in kept["why"].items() if name in there}
        return LeftMails(runtime, setting if mailbox else "", under, found)

    def with_one(self, name: str, why: str) -> LeftMails:
        """Keep that one stays there, and why."""
        known = dict([*self.why.items(), (name, why[:_LONGEST])][-_MOST:])
        if self.setting:
            with writing(self.runtime.store) as register:
                register.save_setting(self.setting, json.dumps({"under": self.under, "why": known}))
        return replace(self, why=known)
