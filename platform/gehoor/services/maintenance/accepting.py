"""Accepting that something is lost: where no copy has a row of the ledger or a salt any more, the ledger says so and
goes on from what stands there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from gehoor.core.dossier.events import BrokenChainError
from gehoor.core.text.canonical_json import dump
from gehoor.services.maintenance.entering import add_entries, otherwise
from gehoor.services.maintenance.findings import Kind
from gehoor.services.maintenance.ledger_reading import Entered, read_ledger
from gehoor.services.ports.store import DamagedError, Document, Store, Tables
from gehoor.services.records.account_records import ACCOUNTS
from gehoor.services.records.ledger import LedgerTables, add_row
from gehoor.services.records.ledger_entries import (
    BEGUN,
    GIVEN_UP,
    HOW,
    LEDGER,
    OF_REGISTER,
    REGISTER,
    SALTS,
    Name,
    called,
    name_of,
)
from gehoor.services.records.left_out import transaction
from gehoor.services.register.register import Register, UnknownDossierError
from gehoor.services.retention.records import held_unknown, is_anonymised, save_record

_SETTINGS: Final = "settings"
_RETENTION: Final = "retention"
_TAKEN_OUT: Final = ("accounts", "submissions", "messages", _RETENTION)
"""Tables of which a document that is damaged, and in no copy, can be done without: by itself it makes nothing else
unreadable, and somebody may say it anew."""


@dataclass
class Accepted:
    """What is accepted as lost: places of rows of the ledger, after which something is missing; dossiers of which all
    that stands there was entered anew; and what of the register as a whole, by its name in the ledger."""

    places: list[str] = field(default_factory=list)
    dossiers: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


class ReasonNeededError(Exception):
    """More is lost than what the ledger needs: that is given up, and asks a reason. ``names``: what, by its name in the
    ledger."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def accept_loss(store: Store, reason: str = "", at: str = "") -> Accepted:
    """Have the ledger say which of its rows and which salts are lost, and enter what stood in them as it stands now.

    A setting that is lost counts as one that never was, and so does an account, and what is damaged of sent forms, of
    messages and of how long dossiers are kept: such a dossier is held back until somebody looked after it. ``verify``
    tells of it for ever. What is damaged of anything else stays so. ``reason``: why those are given up, and ``at`` when
    (UTC text). Raises ``ReasonNeededError`` where there are some and it is empty, and ``StoreUnavailableError``; then
    nothing changed.
    """
    result = Accepted()
    with transaction(store) as tables:
        damaged = set(tables.drop_damaged(LEDGER))
        entered = read_ledger(tables.scan(LEDGER))
        hashes = {place: row["hash"] for place, row in tables.scan(LEDGER) if row is not None}
        result.places = [
            one.key for one in entered.findings if (one.kind, one.detail) == (Kind.LEDGER, "chain")
        ]
        salts = {key: row["salt"] for key, row in tables.scan(SALTS) if row is not None}
        dossiers = {about for about, said in entered.anew.items() if not said}
        dossiers |= entered.values.keys() - salts.keys() - {REGISTER}
        others: dict[Name, str] = {}
        if result.places or damaged:
            # What was in a row that is lost was in no other.
            for name, value in _otherwise(tables, entered, salts).items():
                if name[0] == REGISTER:
                    others[name] = value
                else:
                    dossiers.add(name[0])
        given_up, told = _given_up(tables, entered, salts)
        settings = _lost_settings(tables, entered)
        reasons = _reasons({*told, *(f"{_SETTINGS}/{name}" for name in settings)}, reason, at)
        others |= {(REGISTER, f"{_SETTINGS}/{name}"): "" for name in settings}
        others |= {name: "" for name in given_up if name[0] == REGISTER}
        known = {name for _, name in others}
        result.dossiers, result.others = sorted(dossiers), sorted(known | told)
        marks = {f"{LEDGER}/{place}": hashes[place] for place in result.places}
        # Each is told ever after: nobody can know whether it was in the row that is lost.
        marks |= {f"{LEDGER}/{name}": "" for name in result.others}
        if marks:
            add_row(tables, {REGISTER: marks})
        add_entries(tables, others | {name: "" for name in given_up if name[0] not in dossiers})
        hold(tables, [key.partition("/")[2] for key in told if key.startswith(f"{_RETENTION}/")])
        _enter_anew(tables, result.dossiers)
        written = LedgerTables(tables)
        written.put_many(_SETTINGS, reasons.items())
        written.enter()
    return result


def _reasons(names: set[str], reason: str, at: str) -> dict[str, Document]:
    """Return the settings that say why things are given up. Raises ``ReasonNeededError``."""
    if names and not reason:
        raise ReasonNeededError(sorted(names))
    value = dump({"at": at, "reason": reason})
    return {f"{GIVEN_UP}{name}": {"value": value} for name in sorted(names)}


def _given_up(tables: Tables, entered: Entered, salts: dict[str, str]) -> tuple[set[Name], set[str]]:
    """Take out what is damaged, and return its names in the ledger, and as what it is told of: without the names of
    people that a key may hold, for what is told of a dossier stays when it is anonymised."""
    names: set[Name] = set()
    told: set[str] = set()
    for table in _TAKEN_OUT:
        for key in tables.drop_damaged(table):
            if table in OF_REGISTER:
                name = REGISTER, name_of(table, key, "")
                told.add(name[1])
            else:
                about = key.partition("/")[0]
                name = about, name_of(table, key, salts.get(about, ""))
                told.add(f"{table}/{about}")
            if entered.values.get(name[0], {}).get(name[1]):
                names.add(name)
    there = {key for key, _ in tables.scan(ACCOUNTS)}
    for entry, value in entered.values.get(REGISTER, {}).items():
        table, _, key = entry.partition("/")
        if value and table == ACCOUNTS and key not in {called(one) for one in there}:
            names.add((REGISTER, entry))
            told.add(entry)
    return names, told


def hold(tables: Tables, dossiers: list[str]) -> None:
    """Hold dossiers back of which it is lost what somebody said of keeping them: perhaps just that. Who looks after it
    lets them go."""
    written = LedgerTables(tables)
    register = Register(written)
    for one in dossiers:
        try:
            dossier = register.dossier(one)
        except (UnknownDossierError, BrokenChainError, DamagedError):
            continue
        if dossier.frozen is None:
            save_record(register, held_unknown(dossier))
    written.enter()


def _lost_settings(tables: Tables, entered: Entered) -> list[str]:
    """Return the settings that are damaged or gone: those can be made anew, as when there never were any."""
    tables.drop_damaged(_SETTINGS)
    there = {key for key, _ in tables.scan(_SETTINGS)}
    known = (name.partition("/") for name, value in entered.values.get(REGISTER, {}).items() if value)
    return sorted(key for table, _, key in known if table == _SETTINGS and key not in there and key != BEGUN)


def _otherwise(tables: Tables, entered: Entered, salts: dict[str, str]) -> dict[Name, str]:
    found: dict[Name, str] = {}
    files: dict[str, str] = {}
    for table in HOW:
        found |= otherwise(tables, table, entered, salts, files)
    return found


def _enter_anew(tables: Tables, dossiers: list[str]) -> None:
    written = LedgerTables(tables)
    for dossier in dossiers:
        if is_anonymised(Register(tables), dossier):
            written.forget(dossier)
        else:
            written.anew(dossier, accepted=True)
    written.enter()
