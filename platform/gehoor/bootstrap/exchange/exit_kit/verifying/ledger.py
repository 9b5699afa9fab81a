"""The ledger of a kit: one chain through the whole register, and what it says of each dossier."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from .chains import CONTENTS, DOSSIERS, FILES, READERS, Chains
from .findings import as_text, from_text, salted, sha256

LEDGER = "grootboek/grootboek.jsonl"
_GIVEN_UP = "ledger/"
"""What the register as a whole says of a chain (``ledger/events/DOSSIER``) of which the last was given up."""
_CHAINS = {"events": "gebeurtenis", "access_log": "inkijk"}
"""What is entered by how many there are: what one of them is called."""


class Entered:
    """What the ledger says of one dossier: of its events and of who looked the digest of the last by how many there
    were, and of each file the digest of what is in it. What was said once stays: another thing said later without a
    reason is what somebody would write who wrote the dossier anew.

    ``whole``: so many events are in a row that goes along whole, so that its hash was reckoned again; ``sealed``: so
    many in one that leads to a seal without a gap; ``begun``: it has, or had, events; ``anew``: what was entered before
    counts no more."""

    def __init__(self) -> None:
        self.events: dict[int, str] = {}
        self.looked: dict[int, str] = {}
        self.files: dict[str, str] = {}
        self.whole = self.sealed = 0
        self.begun = self.anew = False

    def enter(self, names: dict[str, str], whole: bool) -> list[str]:
        """Note what a row says, and return what of it cannot be after what was said before. Raises ``ValueError`` or
        ``AttributeError`` where it cannot be read."""
        reason = bool({"*", "!", "~"} & names.keys())
        if {"*", "!"} & names.keys():
            # Anonymised, or entered anew: what was before counts no more.
            self.events, self.looked, self.files = {}, {}, {}
            self.whole, self.sealed, self.anew = 0, 0, True
        elif "~" in names:
            self.give_up("events")
        before = max(self.events, default=0)
        wrong = [self._counted(name, names[name], whole) for name in _CHAINS if names.get(name)]
        # An answer that names a file no more is an event.
        reason = reason or max(self.events, default=0) > before
        wrong += [self._file(name, said, reason) for name, said in names.items() if name.startswith(CONTENTS)]
        return [one for one in wrong if one]

    def give_up(self, chain: str) -> None:
        """Note that a chain may go on from fewer: it was put back from a copy, or its last was given up."""
        if chain == "events":
            self.events, self.whole, self.sealed = {}, 0, 0
        elif chain == "access_log":
            self.looked = {}

    def _counted(self, name: str, said: str, whole: bool) -> str:
        """Note how many a chain has, with the digest of the last; return what is wrong with that."""
        words, _, digest = said.partition(":")
        count, known = int(words), self.events if name == "events" else self.looked
        last = max(known, default=0)
        if count < 1:
            raise ValueError(said)
        self.begun = self.begun or name == "events"
        if count < last or known.get(count, digest) != digest:
            if name == "events":
                self.whole, self.sealed = min(self.whole, count - 1), min(self.sealed, count - 1)
            if count in known:
                return f"{_CHAINS[name]} {count} staat er nog eens in, en anders"
            return f"na {_CHAINS[name]} {last} staat er {_CHAINS[name]} {count}"
        known[count] = digest
        if name == "events" and whole:
            self.whole = count
        return ""

    def _file(self, name: str, said: str, reason: bool) -> str:
        """Note what is in a file, empty for a file that is gone; return what is wrong with that."""
        known = self.files.get(name, "")
        if known and said != known and not (reason and not said):
            return (
                "een bijlage staat er nog eens in, en anders"
                if said
                else "een bijlage is weg, en niets zegt waarom"
            )
        self.files[name] = said
        return ""


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
            said = from_text(one["entries"]) if whole else one.get("own", {})
            for name in said.get("", ()):
                if name.startswith(_GIVEN_UP):
                    chain, _, about = name[len(_GIVEN_UP) :].partition("/")
                    entered.setdefault(about, Entered()).give_up(chain)
                    run.pop(about, None)
            for about, names in said.items():
                if about:
                    known = entered.setdefault(about, Entered())
                    for wrong in known.enter(names, whole):
                        called = self.chains.numbers.get(about, about)
                        self.findings.add(where, f"dossier {called}: {wrong}")
                    if whole:
                        run[about] = known.whole
        except (ValueError, AttributeError, TypeError, RecursionError):
            self.findings.add(where, "wat hier in het grootboek staat, kan niet gelezen worden")

    def _held(self, entered: dict[str, Entered]) -> None:
        """Hold the dossiers against what the ledger says of them."""
        for dossier in sorted(entered.keys() - self.chains.numbers.keys()):
            if entered[dossier].begun:
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
            elif digest and self._content(file, salt) != digest:
                what = f"de bijlage {file} ontbreekt, of is een andere dan die in het grootboek staat"
                self.findings.add(FILES, f"{called}: {what}")

    def _content(self, file: str, salt: str) -> str:
        """Return what the ledger calls what is in a file; empty where it cannot be read."""
        try:
            content = self.files.read(file)
        except OSError:
            return ""
        return salted(salt, as_text({"base64": b64encode(content).decode("ascii")}))
