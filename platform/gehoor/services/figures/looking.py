"""What somebody counts: the dossiers that exist for them, and of those what they may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.access.roles import departments_of
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.figures.counted import Counted
from gehoor.core.figures.facts import facts_in
from gehoor.core.figures.themes import themes_in
from gehoor.core.forms.fields import Field
from gehoor.services.access.confidentiality import cleared_for, kept_from_by
from gehoor.services.access.lent_rights import SeenLess, seen_less_of
from gehoor.services.access.rights import barred_in, opening_rights
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.ports.records import Account, Summary
from gehoor.services.ports.store import Bounds, Document, Scalar, Where
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.register import Register, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff

Place = tuple[str, str]
"""An organisation and one of its departments."""


@dataclass(frozen=True)
class Looking:
    """Somebody who counts, at one moment, in the departments where they may. Where there is nobody (``account`` is
    empty), all is counted: for what is kept as it is, which an agreement lets some make."""

    runtime: Runtime
    register: Register
    staff: Staff
    account: str
    now: datetime
    agreements: Mapping[Place, Agreement]
    """What is in force in those departments."""
    excluded: tuple[str, ...] = ()
    """The dossiers that do not exist for them because of a conflict of interest."""
    less: SeenLess = field(default_factory=SeenLess)
    _unseen: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def places(self, department: str = "") -> list[Place]:
        """Return the departments, or the one that is asked for (``organisation/department``)."""
        return [one for one in self.agreements if not department or "/".join(one) == department]

    def may(self, places: Iterable[Place], action: Action) -> bool:
        """Say whether in each of some departments an agreement names them for an action."""
        return all(
            action not in barred_in(self.agreements[one], self.account, self.staff.holders(one[0]))
            for one in places
        )

    def unseen_under(self, place: Place, digest: str) -> frozenset[str] | None:
        """Return the fields that they may not see in dossiers under an agreement; None where that is damaged: nobody
        knows."""
        key = (place[0], digest)
        if not self.account:
            return frozenset()
        if key not in self._unseen:
            agreement = self.agreement_under(digest)
            if agreement is None:
                return None
            rights = opening_rights(agreement, self.account, self.staff.holders(place[0]))
            self._unseen[key] = rights.unseen
        return self._unseen[key]

    def agreement_under(self, digest: str) -> Agreement | None:
        """Return the agreement that dossiers are handled under; None where that is damaged."""
        return self.runtime.library.sound_agreement(self.register, digest)

    def digests(self, place: Place, fields: Collection[str]) -> list[str]:
        """Return the agreements of a department (hashes) under which they may see these fields, and when a dossier came
        in: all that is asked by it would tell that."""
        published = self.runtime.library.publications(self.register, *place)
        found = []
        for digest in dict.fromkeys(one.agreement for one in published):
            unseen, agreement = self.unseen_under(place, digest), self.agreement_under(digest)
            if unseen is None or agreement is None:
                continue
            if unseen.isdisjoint({*fields, agreement.field_for("received-on")}):
                found.append(digest)
        return found

    def where(
        self,
        place: Place,
        *,
        equals: Mapping[str, Scalar | list[Scalar]] | None = None,
        between: Mapping[str, Bounds] | None = None,
        holding: tuple[tuple[str, Scalar], ...] = (),
        by_answers: bool = True,
    ) -> Where:
        """Return the question for the dossiers of a department that exist for them. ``by_answers``: it is about what
        was answered, so that those in which they see less are left out."""
        asked: dict[str, Scalar | list[Scalar]] = {"organisation": place[0], "department": place[1]}
        less = self.less if self.account and by_answers else SeenLess()
        if self.account:
            cleared = cleared_for(self.register, self.runtime.library, self.staff, self.account, place)
            asked["clearance"] = [key for key in cleared if key not in less.clearances]
        without = tuple(sorted({*self.excluded, *less.dossiers}))
        return Where(asked | dict(equals or {}), dict(between or {}), holding, without, sound_only=True)

    def exists(self, document: Document) -> bool:
        """Say whether a dossier exists for them by its own line too: what is gone from a table shows nobody more."""
        return not self.account or self.account not in document.get("excluded", ())

    def may_with(self, summary: Summary, action: Action) -> bool:
        """Say whether they may do with a dossier what they may do in its department: not where that is by the choice of
        somebody for whom it does not exist."""
        agreement = self.agreements[summary.organisation, summary.department]
        holders = self.staff.holders(summary.organisation)
        kept = kept_from_by(
            self.register, self.runtime.library, self.staff, summary.clearance, summary.excluded
        )
        return action not in barred_in(agreement, self.account, holders, excluded=kept)

    def counted(self, place: Place, document: Document) -> Counted:
        """Return a dossier as it is counted, under what is in force in its department."""
        return Counted(facts_in(document.get("figures", {}), document), self.agreements[place], self.now)

    def select(self, where: Where, **how: Any) -> Iterator[Document]:
        """Give the dossiers that a question is about."""
        for document in self.register.tables.select("dossiers", where=where, **how):
            if self.exists(document):
                yield document


def allowed_somewhere(runtime: Runtime, account: Account, now: datetime, action: Action) -> bool:
    """Say whether in some department an agreement names an account for an action."""
    return bool(allowed_departments(runtime, account, now, action))


def allowed_departments(runtime: Runtime, account: Account, now: datetime, action: Action) -> dict[str, str]:
    """Return the departments (``organisation/department``) where an agreement names an account for an action, with
    their names."""
    with reading(runtime.store) as register:
        agreements = _agreements(runtime, register, account, now, action)
    return {"/".join(place): one.department_name for place, one in agreements.items()}


def _agreements(
    runtime: Runtime, register: Register, account: Account, now: datetime, *actions: Action
) -> dict[Place, Agreement]:
    staff = runtime.staff.of(register, now)
    mine = departments_of(account.roles, register.published_departments())
    return {
        (one.agreement.organisation, one.agreement.department): one.agreement
        for one in all_in_force(register, runtime.library, mine, now)
        if not barred_in(one.agreement, account.name, staff.holders(one.agreement.organisation)).issuperset(
            actions
        )
    }


@contextmanager
def looking(runtime: Runtime, account: Account, now: datetime, *actions: Action) -> Iterator[Looking]:
    """Look at the figures of the departments where an agreement names an account for one of some actions."""
    with reading_projection(runtime) as register:
        staff = runtime.staff.of(register, now)
        agreements = _agreements(runtime, register, account, now, *actions)
        less = seen_less_of(register, runtime.library, staff, account.name)
        excluded = tuple(sorted(register.excluded_dossiers(account.name)))
        yield Looking(runtime, register, staff, account.name, now, agreements, excluded, less)


YEAR: Final = timedelta(days=365)


def today_in(seen: Looking, place: Place) -> date:
    """Return the local day in a department."""
    return seen.now.astimezone(ZoneInfo(seen.agreements[place].time_zone)).date()


def label_of(of: Field, code: str) -> str:
    """Return what people call an answer."""
    return next((one.label for one in of.choices if one.code == code), code)


def themes_of(seen: Looking, place: Place, document: Document) -> tuple[str, ...]:
    """Return the themes of a dossier by what the overview looks at now."""
    return themes_in(seen.agreements[place], document.get("figures", {}).get("values", {}))
