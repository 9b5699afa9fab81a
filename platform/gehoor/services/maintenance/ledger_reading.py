"""Reading the ledger: whether it is as it was written, and what it says stands in the register."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from gehoor.services.maintenance.findings import Finding, Kind
from gehoor.services.ports.store import Document
from gehoor.services.records.ledger import row_hash
from gehoor.services.records.ledger_entries import (
    ANEW,
    FORGOTTEN,
    HOW,
    LEDGER,
    OF_DOSSIER,
    REGISTER,
    REPLACED,
    SALTS,
    How,
    Name,
    count_in,
)

_NEVER_OUT: Final = frozenset(
    {
        "events", "dossiers", "messages", "access_log", "account_log", "accounts", "agreements", "counters",
        "submissions", "publications", "sources", "source_trees", "proposals", "proposal_log",
        "reports",
    }
)  # fmt: skip
"""Tables out of which nothing is taken, unless the dossier is anonymised or somebody accepted that it is lost: that it
was entered as gone says nothing."""


@dataclass
class Entered:
    """What a ledger says: of each dossier (and of the register itself) the value under each name.

    ``forgotten``: the dossiers of which it says that they were anonymised; ``shortened``: chains that were entered with
    fewer than before: how many, and how many there had been; ``replaced``: the dossiers that were put back from a copy,
    and from which; ``anew``: those that were entered anew as their salt was lost, and whether somebody accepted that;
    ``heads``: of each chain all that was entered of it, for what it was once it stays; ``places``: the rows of which
    somebody accepted that they do not follow on the one before, and their hashes; ``marks``: each time that what was
    entered before was set aside so: by which row, and of what (table and key)."""

    rows: int = 0
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)
    shortened: dict[Name, tuple[int, int]] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    anew: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    heads: dict[Name, list[str]] = field(default_factory=dict)
    marks: list[tuple[str, str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def accepted(self) -> list[tuple[str, str]]:
        """Return what somebody accepted as lost: rows of the ledger, and what is left of dossiers (table and key)."""
        of_dossiers = [(SALTS, one) for one, said in self.anew.items() if said]
        return [*((LEDGER, place) for place in sorted(self.places)), *sorted(of_dossiers)]

    def _enter(self, place: str, entries: Mapping[str, Mapping[str, str]]) -> None:
        for about, said in entries.items():
            if about != REGISTER and (ANEW in said or REPLACED in said) and self.values.get(about):
                self.marks.append((place, SALTS, about))
            self.marks += [
                (place, LEDGER, name.partition("/")[2])
                for name in said
                if about == REGISTER and name.partition("/")[0] == LEDGER
            ]
            before = self.values.get(about, {})
            if FORGOTTEN in said:
                self.forgotten.add(about)
                self.anew.pop(about, None)
                before = self.values[about] = {}
                self._let_go(about, *OF_DOSSIER)
            if ANEW in said:
                if before or about in self.anew:
                    self.anew[about] = said[ANEW]
                # How many there were of a chain stands in the open.
                self.values[about] = {}
                self._let_go(about, *OF_DOSSIER)
            if REPLACED in said:
                self.replaced[about] = said[REPLACED]
                self.anew.pop(about, None)
                self.shortened.pop((about, "events"), None)
                before.pop("events", None)
                self._let_go(about, "events")
            self._values(about, said, before)

    def _values(self, about: str, said: Mapping[str, str], before: Mapping[str, str]) -> None:
        known = self.values.setdefault(about, {})
        for name, value in said.items():
            table, _, key = name.partition("/")
            if about == REGISTER and table == LEDGER:
                self.places[key] = value
            mark = name if about == REGISTER else f"{table}/{about}"
            if table not in HOW or (not value and table in _NEVER_OUT and mark not in self.places):
                continue
            if HOW[table] is How.CHAIN and count_in(before.get(name)) > count_in(value):
                if mark in self.places:
                    # Its last is given up: it goes on from what is left, or begins anew.
                    self.heads.pop((about, name), None)
                elif value:
                    self.shortened[about, name] = count_in(value), count_in(before[name])
            known[name] = value
            if value and HOW[table] is How.CHAIN:
                self.heads.setdefault((about, name), []).append(value)

    def _let_go(self, about: str, *chains: str) -> None:
        for name in chains:
            self.heads.pop((about, name), None)


def read_ledger(
    rows: Iterable[tuple[str, Document | None]], seals: Iterable[tuple[str, str]] = ()
) -> Entered:
    """Return what a ledger says, of its rows in order, as ``scan`` gives them. ``seals``: places of rows,
    and the hash that each had once."""
    result = Entered()
    left: dict[str, set[str]] = {}
    for place, sealed in seals:
        left.setdefault(place, set()).add(sealed)
    sealed_at = set(left)
    previous: str | None = ""
    hashes: dict[str, str] = {}
    """Of the rows that do not follow."""
    for place, row in rows:
        result.rows += 1
        if row is None:
            # What follows cannot be held against it.
            previous = None
            left.pop(place, None)
            continue
        expected = f"{result.rows:012}"
        entries = entries_in(row)
        if entries is None or place != expected or not _follows(previous, row):
            result.findings.append(Finding(Kind.LEDGER, LEDGER, place, "chain"))
            hashes[place] = row["hash"]
            # Told once, not again for every row after it.
            result.rows = int(place) if place.isdecimal() else result.rows
        if left.pop(place, {row["hash"]}) != {row["hash"]}:
            result.findings.append(Finding(Kind.LEDGER, LEDGER, place, "seal"))
        previous = row["hash"]
        result._enter(place, entries or {})
    result.findings += [Finding(Kind.LEDGER, LEDGER, place, "seal") for place in left]
    result.findings = [one for one in result.findings if not _is_accepted(one, hashes, result.places)]
    # What was sealed and set aside afterwards, the seal says nothing of any more.
    result.findings += [
        Finding(Kind.LEDGER, table, key, "unsealed")
        for place, table, key in dict.fromkeys(result.marks)
        if any(one < place and (table == SALTS or not key.isdecimal() or key <= one) for one in sealed_at)
    ]
    result.findings += [
        Finding(Kind.LEDGER, SALTS, one, "anew") for one, said in result.anew.items() if not said
    ]
    return result


def _is_accepted(finding: Finding, hashes: Mapping[str, str], places: Mapping[str, str]) -> bool:
    """Say whether somebody accepted that this row, as it stands, does not follow on the one before it."""
    return finding.detail == "chain" and finding.key in places and hashes[finding.key] == places[finding.key]


def _follows(previous: str | None, row: Document) -> bool:
    return previous is None or row["hash"] == row_hash(previous, row["place"], row["entries"])


def entries_in(row: Document) -> Mapping[str, Mapping[str, str]] | None:
    """Return what a row enters: of each dossier the value under each name; None when it says nothing of the kind."""
    try:
        found = json.loads(row["entries"])
        sound = all(isinstance(value, str) for said in found.values() for value in said.values())
    except (ValueError, AttributeError, RecursionError):
        return None
    return found if sound else None
