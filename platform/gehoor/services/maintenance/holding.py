"""Holding a register against its ledger: what is gone, is changed, or was never entered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from gehoor.services.maintenance.findings import Finding, Kind
from gehoor.services.maintenance.ledger_reading import Entered
from gehoor.services.ports.store import Document
from gehoor.services.records.ledger_entries import (
    CONTENTS,
    FILES,
    HOW,
    REGISTER,
    SALTS,
    How,
    Name,
    Standing,
    count_in,
    name_of,
    owner_of,
    standing,
)

LOGS: Final[Mapping[str, Kind]] = {"access_log": Kind.ACCESS_LOG, "account_log": Kind.ACCOUNT_LOG}
_OF_FILES: Final = (FILES, CONTENTS)


@dataclass
class Held:
    """What of a register is not as its ledger says, gathered table by table: read ``SALTS`` first."""

    entered: Entered
    salts: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """The dossiers of files, by id."""
    chains: dict[Name, tuple[Kind, int, int]] = field(default_factory=dict)
    """Chains that are not as they were entered: what is wrong, how many there are, and how many there were."""
    _found: dict[str, list[Finding]] = field(default_factory=dict)
    _matches: set[str] = field(default_factory=set)
    _hurt: set[tuple[str, str]] = field(default_factory=set)
    """Of what a part is damaged, which is told of by itself."""
    _hurt_files: Counter[str] = field(default_factory=Counter)

    def read_salts(self, rows: Iterable[tuple[str, Document | None]]) -> None:
        """Learn the salts of dossiers."""
        for dossier, row in rows:
            if row is not None:
                self.salts[dossier] = row["salt"]
                if dossier not in self.entered.values:
                    self._tell(dossier, Kind.UNKNOWN, SALTS, dossier)
            elif self.entered.values.pop(dossier, None) is not None:
                self._hurt.add((dossier, SALTS))
        for dossier in self.entered.values.keys() - self.salts.keys() - {REGISTER}:
            # Without it none of what was entered says anything.
            del self.entered.values[dossier]
            self._hurt.add((dossier, SALTS))
            self._tell(dossier, Kind.MISSING, SALTS, dossier)

    def read(self, table: str, rows: Iterable[tuple[str, Document | None]]) -> None:
        """Hold the rows of a table against what was entered of them."""
        for one in standing(rows, table, self._salt, self.files, lambda key: self._damaged(table, key)):
            about, name = one.name
            if (about, SALTS) not in self._hurt:
                self._compare(table, one, self.entered.values.get(about, {}).pop(name, ""))

    def gone_of_file(self, dossier: str, file: str, keys: Mapping[str, set[str]]) -> Iterator[Finding]:
        """Give what is gone of a file that a dossier, or its row, names."""
        for table in _OF_FILES:
            name = name_of(table, file, self._salt(dossier))
            gone = self.entered.values.get(dossier, {}).pop(name, "")
            if file not in keys[table] and (gone or table == FILES):
                yield Finding(Kind.MISSING, table, file)

    def let_go(self) -> None:
        """Forget all that was read: there is nothing to hold it against."""
        self.chains, self._found, self.entered.values = {}, {}, {}

    def lost(self, dossiers: Collection[str]) -> dict[str, int]:
        """Return the dossiers of which no event is left, and how many there were. ``dossiers``: those that have any."""
        return {
            about: count
            for about, said in self.entered.values.items()
            if about not in dossiers and (count := count_in(said.get("events")))
        }

    def findings(self, lost: Collection[str]) -> Iterator[Finding]:
        """Give what is wrong, but for chains. ``lost``: the dossiers of which no event is left."""
        for about, said in self.entered.values.items():
            if about in lost:
                continue
            gone = Counter(
                name if about == REGISTER else name.partition("/")[0] for name in self._left(about, said)
            )
            for name, count in gone.items():
                table, _, key = name.partition("/")
                self._tell(about, Kind.MISSING, table, key or about, str(count) if count > 1 else "")
        for about, found in self._found.items():
            if about in lost:
                continue
            if about and len(found) > 1 and about not in self._matches and about in self.entered.values:
                yield Finding(Kind.CHANGED, SALTS, about)
            else:
                yield from found

    def _left(self, about: str, said: Mapping[str, str]) -> Iterator[str]:
        for name, value in said.items():
            table = name.partition("/")[0]
            if not value or (about, name) in self._hurt:
                continue
            if HOW[table] is How.CHAIN:
                self.chains.setdefault((about, name), (Kind.MISSING, 0, count_in(value)))
            elif table in _OF_FILES and self._hurt_files[table]:
                self._hurt_files[table] -= 1
            else:
                yield name

    def _compare(self, table: str, one: Standing, said: str) -> None:
        about, name = one.name
        if said == one.value:
            self._matches.add(about)
        elif (about, name) in self._hurt:
            return
        elif HOW[table] is How.CHAIN:
            there, written = count_in(one.value), count_in(said)
            kind = Kind.MISSING if there < written else Kind.CHANGED if said else Kind.UNKNOWN
            self.chains[about, name] = kind, there, written
        else:
            self._tell(about, Kind.CHANGED if said else Kind.UNKNOWN, table, one.key)

    def _damaged(self, table: str, key: str) -> None:
        about = owner_of(table, key, None, self.files)
        if about is None:
            self._hurt_files[table] += 1
            return
        name = name_of(table, key, self._salt(about))
        self.entered.values.get(about, {}).pop(name, None)
        if HOW[table] in (How.CHAIN, How.GROUP):
            self._hurt.add((about, name))

    def salt_of(self, about: str) -> str | None:
        """Return by which salt a dossier is known in the ledger; None where that is lost."""
        if about == REGISTER:
            return ""
        return None if (about, SALTS) in self._hurt else self.salts.get(about)

    def _salt(self, about: str) -> str:
        return self.salts.get(about, "")

    def _tell(self, about: str, kind: Kind, table: str, key: str, detail: str = "") -> None:
        self._found.setdefault(about, []).append(Finding(kind, table, key, detail))
