"""Viewpoints: from where somebody looks at the dossiers of departments, and how many of those they count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TypeAlias

from gehoor.core.agreement.model import Agreement
from gehoor.services.access.confidentiality import cleared_for
from gehoor.services.access.lent_rights import SeenLess
from gehoor.services.access.summary_rights import unseen_members
from gehoor.services.ports.store import DamagedError, Where
from gehoor.services.register.library import Library
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff
from gehoor.services.search.worklist_filters import Viewpoint, Wish, members_asked, questions, still_asking

Looking: TypeAlias = "tuple[Runtime, Register, Staff]"
"""What somebody looks with: at one moment."""


def viewpoints(
    looking: Looking,
    account: str,
    agreements: Mapping[tuple[str, str], Agreement],
    wish: Wish,
    now: datetime,
    without: tuple[tuple[str, ...], SeenLess],
    untold: tuple[str, ...] = (),
) -> list[Viewpoint]:
    """Return from where an account looks at each department, for what it asks there. ``without``: the dossiers that do
    not exist for it, and those in which it sees less, which what is asked by an answer leaves out too. ``untold``:
    those of which it may not know what it asks."""
    runtime, register, staff = looking
    asked = members_asked(wish)
    excluded, less = without[0], without[1] if asked else SeenLess()
    return [
        Viewpoint(
            account,
            now,
            place,
            one.time_zone,
            (*excluded, *sorted(less.dossiers)),
            unseen_by(one, account, staff),
            told_under(register, runtime.library, account, staff, place, asked),
            tuple(
                key
                for key in cleared_for(register, runtime.library, staff, account, place)
                if key not in less.clearances
            ),
            untold,
        )
        for place, one in agreements.items()
    ]


def questions_of(wish: Wish, views: Sequence[Viewpoint]) -> list[Where]:
    """Return all that a wish asks of departments, but for what is closed and asks something all the same."""
    return [asked for view in views for asked in questions(wish, view)]


def all_questions_of(wish: Wish, views: Sequence[Viewpoint]) -> list[Where]:
    """Return all that a wish asks of departments: no dossier answers two of them."""
    closed = [asked for view in views for asked in still_asking(wish, view)]
    return [*questions_of(wish, views), *closed]


def count_of(register: Register, wish: Wish, views: Sequence[Viewpoint], most: int | None = None) -> int:
    """Return how many dossiers a list has; with ``most`` none are looked for beyond so many."""
    return count_all(register, all_questions_of(wish, views), most)


def count_all(register: Register, asked: Sequence[Where], most: int | None = None) -> int:
    """Return how many dossiers answer one of some questions, of which none answers two."""
    total = 0
    for one in asked:
        left = None if most is None else most - total
        if left is not None and left <= 0:
            break
        total += register.tables.count("dossiers", where=one, most=left)
    return total


def unseen_by(agreement: Agreement, account: str, staff: Staff) -> frozenset[str]:
    """Return what of summaries an account may not see in a department."""
    return unseen_members(agreement, staff.holders(agreement.organisation).roles_of(agreement, account))


def told_under(
    register: Register,
    library: Library,
    account: str,
    staff: Staff,
    place: tuple[str, str],
    asked: set[str],
) -> tuple[str, ...] | None:
    """Return the agreements of a department under which an account may see what is asked; None: all of them."""
    if not asked:
        return None
    digests = dict.fromkeys(one.agreement for one in library.publications(register, *place))
    told = []
    for digest in digests:
        # Of what is damaged nobody knows what they may see.
        with suppress(DamagedError):
            if asked.isdisjoint(unseen_by(library.agreement(register, digest), account, staff)):
                told.append(digest)
    return None if len(told) == len(digests) else tuple(told)
