"""A draft register: its agreements are the working files as they are now, and all that is in it is thrown away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from gehoor.core.access.roles import role_text
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime


def take_over(
    runtime: Runtime, proposals: Sequence[Publishable], faulty: Collection[str], now: datetime
) -> None:
    """Let these agreements hold at once. ``faulty``: the organisations whose last good agreements stay.

    Never for a register that has to last: what is no longer in the files is taken out. Raises
    ``EnginesDisagreeError`` and ``SameNumbersError``; then nothing new holds.
    """
    present = {(proposal.organisation, proposal.department) for proposal in proposals}
    # First, or a folder with another name would count as a second organisation with the same numbers.
    with writing(runtime.store) as register:
        for place in register.published_departments():
            if place[0] not in faulty and place not in present:
                register.drop_publications(*place)
    publish(runtime, proposals, now, "concept")


def every_role(runtime: Runtime, now: datetime) -> tuple[str, ...]:
    """Return every role of every department, for someone who tries things out."""
    with reading(runtime.store) as register:
        found = all_in_force(register, runtime.library, register.published_departments(), now)
    return tuple(
        role_text(one.agreement.organisation, one.agreement.department, role)
        for one in found
        for role in one.agreement.roles
    )
