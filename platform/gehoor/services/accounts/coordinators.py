"""Whoever makes the first agreements of an organisation: given by who runs the server, before a file names anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from gehoor.core.access.account_log import Deed, Done
from gehoor.services.access.authorisation import Operator, name_of
from gehoor.services.accounts.administration import UnknownAccountError
from gehoor.services.ports.records import Account
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime


def coordinate(
    runtime: Runtime, name: str, organisations: Iterable[str], by: Operator, now: datetime
) -> Account:
    """Let an account make the agreements of these organisations and no others; ``*``: of all, also new ones. It opens
    no dossier. Raises ``UnknownAccountError``."""
    with writing(runtime.store) as register:
        before = register.account(name)
        if before is None:
            raise UnknownAccountError(name)
        after = replace(before, coordinates=tuple(sorted(set(organisations))))
        if after != before:
            register.save_account(after)
            register.add_deed(name, Done(Deed.CHANGED, changed=("coordinates",)), name_of(by), now)
        return after
