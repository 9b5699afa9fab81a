"""The ledger of a kit: one chain through the whole register, and what it says of each dossier."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

from .chains import CONTENTS, DOSSIERS, FILES, READERS, Chains
from .findings import as_text, salted, sha256

LEDGER = "grootboek/grootboek.jsonl"


class Entered:
    """What the ledger says of one dossier: of its events and of who looked the digest of the last by how many there
    were, and of each file the digest of what is in it.

    ``whole``: so many events are in a row that goes along whole, so that its hash was reckoned again; ``sealed``: so
    many in one that leads to a seal without a gap; ``anew``: what was entered before counts no more."""

    def __init__(self) -> None:
        self.events: dict[int, str] = {}
        self.looked: dict[int, str] = {}
        self.files: dict[str, str] = {}
        self.whole = self.sealed = 0
        self.anew = False

    def enter(self, names: dict[str, str], whole: bool) -> None:
        """Note what a row says. Raises ``ValueError`` or ``AttributeError`` where that cannot be read."""
        if {"*", "!"} & names.keys():
            # Anonymised, or entered anew: what was before counts no more.
            self.events, self.looked, self.files = {}, {}, {}
            self.whole, self.sealed, self.anew = 0, 0, True
        elif "~" in names:
            # Its events were put back from a copy.
            self.events, self.whole, self.sealed = {}, 0, 0
        for name, said in names.items():
            if name.startswith(CONTENTS):
                self.files[name] = said
            elif name in ("events", "access_log") and said:
                count, _, digest = said.partition(":")
                (self.events if name == "events" else self.looked)[int(count)] = digest
                if name == "events" and whole:
                    self.whole = int(count)


class Ledger:
    """The ledger of a kit, held against its dossiers and against seals (place of a row -> its hash)."""

    def __init__(self, chains: Chains, seals: dict[str, str]) -> None:
        self.chains, self.files, self.findings = chains, chains.files, chains.findings
        self.seals = dict(seals)
        self.rows = self.withheld = 0
        """How many rows there are, and of how many only the hash is here."""
        self.loose: list[str] = []
        """Numbers of dossiers of which the last events are held by no row that could be reckoned again."""
        self.unsealed: list[str] = []
        """Those that no seal holds to their last event."""

    def verify(self) -> None:
        """Look at each row, and hold what they say against the dossiers."""
        previous, row = "", 0
        entered: dict[str, Entered] = {}
        run: dict[str, int] = {}
        """Of the rows that went along whole since the last gap: how many events they give each dossier."""
        for where, one in self.files.lines(LEDGER):
            row += 1
            self.rows += 1
            place, said, whole = str(one.get("place", "")), str(one.get("hash", "")), "entries" in one
            if place != f"{row:012}":
                self.findings.add(
                    where, f"hier hoort rij {row} van het grootboek, en er staat {place or 'niets'}"
                )
                row = int(place) if place.isdigit() and place.isascii() and len(place) < 20 else row
                previous, whole = "", False
            elif whole and sha256(f"{previous}\n{place}\n{one['entries']}") != said:
                self.findings.add(
                    where, f"rij {row} van het grootboek is gewijzigd, of volgt niet op de vorige"
                )
            self.withheld += "entries" not in one
            if not whole:
                run.clear()
            self._enter(where, one, entered, run)
            sealed = self.seals.pop(place, None)
            if sealed is not None and sealed != said:
                self.findings.add(where, f"rij {row} is een andere dan die van het zegel")
            elif sealed is not None:
                for about, count in run.items():
                    entered[about].sealed = count
            previous = said
        self._ended(row, previous)
        self._held(entered)

    def _ended(self, row: int, previous: str) -> None:
        """Hold how the ledger ends against the manifest and the seals."""
        last = self.files.ledger
        if (last.get("rows", 0), last.get("hash", "")) != (row, previous):
            what = f"het eindigt met rij {row}, en het manifest zegt {last.get('rows', 0)}"
            self.findings.add(LEDGER, f"het grootboek is ingekort, of eindigt anders: {what}")
        if last.get("withheld", 0) != self.withheld:
            what = f"van {self.withheld} rijen staat hier alleen de hash"
            self.findings.add(LEDGER, f"{what}, en het manifest zegt {last.get('withheld', 0)}")
        for place in sorted(self.seals):
            self.findings.add(LEDGER, f"rij {place} van het zegel staat er niet in")

    def _enter(
        self, where: str, one: dict[str, Any], entered: dict[str, Entered], run: dict[str, int]
    ) -> None:
        """Note what a row says of dossiers."""
        try:
            whole = "entries" in one
            said = json.loads(one["entries"]) if whole else one.get("own", {})
            for about, names in said.items():
                if about:
                    known = entered.setdefault(about, Entered())
                    known.enter(names, whole)
                    if whole:
                        run[about] = known.whole
        except (ValueError, AttributeError, TypeError, RecursionError):
            self.findings.add(where, "wat hier in het grootboek staat, kan niet gelezen worden")

    def _held(self, entered: dict[str, Entered]) -> None:
        """Hold the dossiers against what the ledger says of them."""
        for dossier in sorted(entered.keys() - self.chains.numbers.keys()):
            if entered[dossier].events:
                self.findings.add(DOSSIERS, f"dossier {dossier} staat in het grootboek, en ontbreekt hier")
        for dossier, number in self.chains.numbers.items():
            called, hashes = f"dossier {number}", self.chains.heads[dossier]
            known = entered.get(dossier, Entered())
            if not known.events:
                self.findings.add(DOSSIERS, f"{called} staat niet in het grootboek")
            else:
                there = dict(enumerate(hashes, start=1))
                self._chained(DOSSIERS, dossier, ("gebeurtenis", "gebeurtenissen"), (known.events, there))
            looked = self.chains.looked.get(dossier, {})
            if known.looked or (looked and not known.anew):
                self._chained(READERS, dossier, ("inkijk", "keer inkijk"), (known.looked, looked))
            self._filed(dossier, known)
            if known.whole < len(hashes):
                self.loose.append(number)
            if known.sealed < len(hashes):
                self.unsealed.append(number)

    def _chained(
        self, file: str, dossier: str, words: tuple[str, str], chains: tuple[dict[int, str], dict[int, str]]
    ) -> None:
        """Hold a chain of a dossier against what the ledger says of it: how many there are, and which."""
        (one, more), (known, there) = words, chains
        called, salt = f"dossier {self.chains.numbers[dossier]}", self.chains.salts[dossier]
        if max(known, default=0) != len(there):
            what = f"het grootboek kent {max(known, default=0)} {more}, hier staan er {len(there)}"
            self.findings.add(file, f"{called}: {what}")
        for count, digest in sorted(known.items()):
            if count in there and salted(salt, there[count]) != digest:
                what = f"{one} {count} is een andere dan die in het grootboek staat"
                self.findings.add(file, f"{called}: {what}")
                break

    def _filed(self, dossier: str, known: Entered) -> None:
        """Hold the attachments of a dossier against what the ledger says of them."""
        called, there = f"dossier {self.chains.numbers[dossier]}", self.chains.contents.get(dossier, {})
        for name, digest in known.files.items():
            if digest and name not in there:
                self.findings.add(FILES, f"{called}: een bijlage staat in het grootboek, en ontbreekt hier")
        for name, (file, salt) in there.items():
            digest = known.files.get(name, "")
            if not digest and not known.anew:
                self.findings.add(FILES, f"{called}: de bijlage {file} staat niet in het grootboek")
            elif digest and (self.files.folder / file).is_file():
                held = as_text({"base64": b64encode((self.files.folder / file).read_bytes()).decode("ascii")})
                if salted(salt, held) != digest:
                    what = f"de bijlage {file} is een andere dan die in het grootboek staat"
                    self.findings.add(FILES, f"{called}: {what}")
