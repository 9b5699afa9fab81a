"""The export of a register: each dossier that exists for somebody, with all that they see of it, and noted as read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.access_log import Way
from gehoor.core.figures.register_sheet import Cell, RegisterSheets, Sheet
from gehoor.core.forms.fields import Field
from gehoor.core.text.formats import Formats
from gehoor.core.wording.registry import sentences_of
from gehoor.services.access.access_log import log_accesses
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.figures.looking import Looking, Place, allowed_departments, looking
from gehoor.services.ports.documents import summary_of
from gehoor.services.ports.records import Account
from gehoor.services.ports.store import Bounds, DamagedError, Where
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.dossier_access import dossier_for

MOST: Final = 5000
"""So many dossiers go into one file; more are taken out a period at a time."""


class TooManyDossiersError(Exception):
    """More dossiers than go into one file. ``number``: how many there are."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What to take out: of which department (``organisation/department``; empty: all where it is allowed), received on
    which local days, both included (None: no bound)."""

    department: str = ""
    received_from: date | None = None
    received_until: date | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What the columns are called that are no field of the agreement. ``cut``: see ``RegisterSheets``."""

    sheet: str
    number: str
    department: str
    phase: str
    closed: str
    yes: str
    no: str
    row: str
    cut: str


def exportable(runtime: Runtime, account: Account, now: datetime) -> dict[str, str]:
    """Return the departments where somebody may take dossiers out, with their names."""
    return allowed_departments(runtime, account, now, Action.EXPORT_DOSSIERS)


def export_register(
    runtime: Runtime, account: Account, now: datetime, wish: ExportWish, names: Names
) -> RegisterSheets:
    """Return the dossiers that somebody asks for. Each is noted in its access log. Raises ``TooManyDossiersError``."""
    received: Bounds = (
        wish.received_from.isoformat() if wish.received_from else None,
        f"{wish.received_until.isoformat()}~" if wish.received_until else None,
    )
    between: dict[str, Bounds] = {"received": received} if any(received) else {}
    with looking(runtime, account, now, Action.EXPORT_DOSSIERS) as seen:
        places = seen.places(wish.department)
        agreements = [seen.agreements[one] for one in places]
        questions = [_question(seen, one, between) for one in places]
        number = sum(seen.register.tables.count("dossiers", where=one) for one in questions)
        if number > MOST:
            raise TooManyDossiersError(number)
        lines = [
            document
            for one in questions
            for document in seen.select(one)
            if seen.may_with(summary_of(document), Action.EXPORT_DOSSIERS)
        ]
    lines.sort(key=lambda one: str(one["number"]))
    opened = list(_opened(runtime, account, now, [str(one["id"]) for one in lines]))
    taken = [(one.dossier.id, one.agreement.time_zone) for one in opened]
    log_accesses(runtime, taken, account.name, Way.EXPORT, now)
    return _sheets(agreements, opened, names)


def _question(seen: Looking, place: Place, between: Mapping[str, Bounds]) -> Where:
    if not between:
        # Each is opened: what they do not see in it stands in no cell.
        return seen.where(place, by_answers=False)
    # Who may not see when a dossier came in, would find it by trying.
    told = seen.digests(place, {seen.agreements[place].field_for("received-on")})
    return seen.where(place, equals={"agreement": list(told)}, between=between)


def _opened(runtime: Runtime, account: Account, now: datetime, ids: Iterable[str]) -> Iterator[OpenedDossier]:
    for one in ids:
        with suppress(UnknownDossierError, DamagedError):
            yield dossier_for(runtime, account, one, now)


def _sheets(agreements: Iterable[Agreement], opened: list[OpenedDossier], names: Names) -> RegisterSheets:
    fields: dict[str, Field] = {}
    for agreement in (*agreements, *(one.agreement for one in opened)):
        for name, of in agreement.dossier_form.fields.items():
            fields.setdefault(name, of)
    single = {name: of for name, of in fields.items() if not of.type.has_rows}
    fixed = (names.number, names.department, names.phase, names.closed)
    heads = (*((one, "") for one in fixed), *((of.label, name) for name, of in single.items()))
    rows = tuple(
        (*_about(one, names), *(_cell(one, name, one.dossier.values.get(name)) for name in single))
        for one in opened
    )
    lists = [_list(name, of, opened, names) for name, of in fields.items() if of.type.has_rows]
    data = [
        {
            "number": one.dossier.number,
            "organisation": one.dossier.organisation,
            "department": one.dossier.department,
            "agreement": one.dossier.agreement,
            "answers": dict(one.decision.values),
        }
        for one in opened
    ]
    return RegisterSheets(
        (Sheet(names.sheet, heads, rows), *(one for one in lists if one.rows)), data, names.cut
    )


def _about(one: OpenedDossier, names: Names) -> tuple[Cell, ...]:
    phase = one.decision.current_phase
    return (
        one.dossier.number,
        one.agreement.department_name,
        phase.phase.name if phase else "",
        names.yes if one.decision.closed else names.no,
    )


def _list(name: str, of: Field, opened: Iterable[OpenedDossier], names: Names) -> Sheet:
    heads = (
        (names.number, ""),
        (names.row, ""),
        *((inner.label, member) for member, inner in of.members.items()),
    )
    rows: list[tuple[Cell, ...]] = []
    for one in opened:
        given = one.decision.values.get(name)
        own = one.agreement.dossier_form.fields.get(name)
        for number, row in enumerate(given if isinstance(given, list) else (), start=1):
            if isinstance(row, Mapping) and own is not None:
                cells = (
                    _value(own.members.get(member), row.get(member), _formats(one)) for member in of.members
                )
                rows.append((one.dossier.number, number, *cells))
    return Sheet(of.label, heads, tuple(rows))


def _formats(one: OpenedDossier) -> Formats:
    return sentences_of(one.agreement).formats


def _cell(one: OpenedDossier, name: str, answered: Any) -> Cell:
    value = one.decision.values.get(name, answered)
    return _value(one.agreement.dossier_form.fields.get(name), value, _formats(one))


def _value(of: Field | None, value: Any, formats: Formats) -> Cell:
    """Return an answer as it stands in a cell: numbers and days as such, codes by what people read."""
    if of is None or value is None or of.type.takes_files:
        return None
    if of.kind == "integer":
        return int(value)
    if of.kind == "decimal":
        return Decimal(str(value))
    if of.kind == "date":
        return date.fromisoformat(str(value))
    return of.type.show(value, of, formats)
