"""The chains of a kit: the events of each dossier, and who looked at it; with its attachments and its agreements."""

from __future__ import annotations

import json
import re
from typing import Any

from .findings import as_text, salted, sha256
from .kit_files import Files

DOSSIERS = "dossiers/dossiers.jsonl"
READERS = "dossiers/inkijk.jsonl"
FILES = "dossiers/bijlagen.jsonl"
CONTENTS = "attachment_contents/"
_ATTACHED = "bijlagen/"
_SHA256 = re.compile("[0-9a-f]{64}")
_HASHED = ("dossier", "sequence", "kind", "at", "actor", "agreement", "data", "previous")
"""The members of an event that its hash is of, in this order."""


class Chains:
    """What stands in a kit of each dossier, by its id."""

    def __init__(self, files: Files) -> None:
        self.files, self.findings = files, files.findings
        self.numbers: dict[str, str] = {}
        self.salts: dict[str, str] = {}
        self.heads: dict[str, list[str]] = {}
        """The hash of each of its events."""
        self.looked: dict[str, dict[int, str]] = {}
        """The hash of each time that somebody looked."""
        self.contents: dict[str, dict[str, tuple[str, str]]] = {}
        """What the ledger calls what is in a file -> the name of that file, and the salt."""
        self._agreements: set[str] = set()

    @property
    def events(self) -> int:
        """Return how many events there are in all."""
        return sum(map(len, self.heads.values()))

    def verify(self) -> None:
        """Look at all of them."""
        self._dossiers()
        self._readers()
        self._attachments()
        self._agreement_files()

    def _dossiers(self) -> None:
        for where, line in self.files.lines(DOSSIERS):
            try:
                dossier, number, events = str(line["id"]), str(line["number"]), list(line["events"])
            except (KeyError, TypeError):
                self.findings.add(where, "dit is geen dossier: id, nummer of gebeurtenissen ontbreken")
                continue
            called = f"{where}: dossier {number}"
            if dossier in self.numbers:
                self.findings.add(called, "dit dossier staat er twee keer in")
                continue
            self.numbers[dossier], self.salts[dossier] = number, str(line.get("salt", ""))
            self.heads[dossier] = self._chain(called, dossier, events)
            opened = events[0].get("data") if events and isinstance(events[0], dict) else None
            if events and (opened.get("number") if isinstance(opened, dict) else None) != number:
                self.findings.add(called, "het nummer is een ander dan in de eerste gebeurtenis")

    def _chain(self, called: str, dossier: str, events: list[Any]) -> list[str]:
        """Look at the events of a dossier; return the hash of each."""
        hashes: list[str] = []
        previous, ended = "", False
        if not events:
            self.findings.add(called, "dit dossier heeft geen gebeurtenissen")
        for place, one in enumerate(events, start=1):
            try:
                parts, said = [one[name] for name in _HASHED], str(one["hash"])
            except (KeyError, TypeError):
                self.findings.add(called, f"gebeurtenis {place} is niet volledig")
                return hashes
            if one["dossier"] != dossier:
                self.findings.add(called, f"gebeurtenis {place} is van een ander dossier")
            elif one["sequence"] != place:
                what = f"op plaats {place} staat gebeurtenis {one['sequence']}"
                self.findings.add(called, f"{what}: er ontbreekt er een, of de volgorde is een andere")
                return hashes
            elif one["previous"] != previous:
                self.findings.add(called, f"gebeurtenis {place} volgt niet op wat ervoor staat")
            elif sha256(as_text(parts)) != said:
                self.findings.add(called, f"gebeurtenis {place} ({one['kind']}) is gewijzigd")
            elif ended:
                self.findings.add(called, f"gebeurtenis {place} staat na het anonimiseren")
            previous, ended = said, one["kind"] == "anonymised"
            self._agreements.add(str(one["agreement"]))
            hashes.append(said)
        return hashes

    def _readers(self) -> None:
        last: dict[str, tuple[int, str]] = {}
        for where, one in self.files.lines(READERS):
            try:
                about, sequence, before = str(one["dossier"]), int(one["sequence"]), str(one["previous"])
                parts = [about, sequence, one["at"], one["reader"], one["way"], one["hour"], before]
                said = str(one["hash"])
            except (KeyError, TypeError, ValueError, OverflowError):
                self.findings.add(where, "deze regel is niet volledig")
                continue
            place, previous = last.get(about, (0, ""))
            called = f"{where}: dossier {self.numbers.get(about, about)}"
            if sequence != place + 1:
                self.findings.add(called, f"op inkijk {place} volgt inkijk {sequence}: er ontbreekt iets")
            elif before not in (previous, ""):
                self.findings.add(called, f"inkijk {sequence} volgt niet op wat ervoor staat")
            text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
            if sha256(text) != said:
                self.findings.add(called, f"inkijk {sequence} is gewijzigd")
            last[about] = sequence, said
            self.looked.setdefault(about, {})[sequence] = said

    def _attachments(self) -> None:
        listed: set[str] = set()
        for where, one in self.files.lines(FILES):
            name, said = str(one.get("file", "")), one.get("sha256")
            listed.add(name)
            known = self.files.named.get(name, {}).get("sha256")
            if not isinstance(said, str) or not _SHA256.fullmatch(said) or known != said:
                self.findings.add(where, f"de bijlage {name} is niet wat hier staat, of ontbreekt")
                continue
            about = str(one.get("dossier", ""))
            if about not in self.numbers:
                self.findings.add(where, f"de bijlage {name} is van een dossier dat er niet is")
                continue
            salt = self.salts[about]
            called = CONTENTS + salted(salt, str(one.get("id", "")))[:11]
            if called in self.contents.setdefault(about, {}):
                self.findings.add(where, f"de bijlage {name} staat er twee keer in")
                continue
            self.contents[about][called] = name, salt
        for name in sorted(self.files.named):
            if name.startswith(_ATTACHED) and name not in listed:
                self.findings.add(name, "deze bijlage is van geen dossier: niets zegt waar ze vandaan komt")

    def _agreement_files(self) -> None:
        for digest in sorted(self._agreements):
            name = f"afspraken/{digest}.json"
            if name not in self.files.named:
                self.findings.add(name, "onder deze afspraken loopt een dossier, en ze ontbreken")
            elif self.files.digest(name) not in (digest, ""):
                self.findings.add(name, "dit zijn niet de afspraken met deze naam: de inhoud is gewijzigd")
