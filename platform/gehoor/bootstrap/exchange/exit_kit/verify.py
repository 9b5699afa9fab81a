"""Kijkt een uitvoerpakket van Gehoor na, zonder Gehoor: alleen Python 3.9 of later is nodig.

    python3 verify.py [MAP] [--zegel BESTAND]

This program goes along in each kit. It looks at the manifest (SHA-256 of each file), the chain of events of each
dossier, the log of who looked, and the ledger of the register. It says in Dutch what is wrong, and where. It shares
nothing with Gehoor but the formats, which LEESMIJ.md in the kit describes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "manifest.json"
DOSSIERS = "dossiers/dossiers.jsonl"
READERS = "dossiers/inkijk.jsonl"
FILES = "dossiers/bijlagen.jsonl"
LEDGER = "grootboek/grootboek.jsonl"
MOST = 200
"""So many findings are printed; of more, how many there are."""
BLOCK = 1 << 20
_HASHED = ("dossier", "sequence", "kind", "at", "actor", "agreement", "data", "previous")
"""The members of an event that its hash is of, in this order."""


class Findings:
    """What is wrong, the first first."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.total = 0

    def add(self, where: str, what: str) -> None:
        """Note that something is wrong somewhere."""
        self.total += 1
        if len(self.told) < MOST:
            self.told.append(f"{where}: {what}")


def as_text(data: Any) -> str:
    """Return data as the one text that hashes are of: members sorted, no spaces."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def sha256(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def salted(salt: str, text: str) -> str:
    """Return the digest by which the ledger knows something of a dossier: BLAKE2b, 128 bits, keyed by its salt."""
    made = hashlib.blake2b(text.encode(), digest_size=16, key=salt.encode()[:64]).digest()
    return urlsafe_b64encode(made).decode("ascii").rstrip("=")


class Kit:
    """A kit in a folder, and what is found in it."""

    def __init__(self, folder: Path, seals: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.seals = dict(seals or {})
        self.findings = Findings()
        self.counts = {"bestanden": 0, "dossiers": 0, "gebeurtenissen": 0, "rijen": 0, "verborgen": 0}
        self.organisation = ""
        self.numbers: dict[str, str] = {}
        self._salts: dict[str, str] = {}
        self._heads: dict[str, list[str]] = {}
        self._agreements: set[str] = set()
        self._manifest: dict[str, Any] = {}

    def verify(self) -> Findings:
        """Look at all of it."""
        if self._read_manifest():
            self._files()
            self._dossiers()
            self._readers()
            self._attachments()
            self._agreement_files()
            self._ledger()
        return self.findings

    def _read_manifest(self) -> bool:
        try:
            found = json.loads((self.folder / MANIFEST).read_text("utf-8"))
            self._manifest = {"files": dict(found["files"]), "ledger": found.get("ledger") or {}, **found}
            self.organisation = str(found["organisation"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            self.findings.add(
                MANIFEST, f"dit is geen manifest van een uitvoerpakket, of het ontbreekt ({error})"
            )
            return False
        for one in found.get("left_out", ()):
            self.findings.add(str(one), "dit was beschadigd bij het uitvoeren, en zit er niet in")
        return True

    def _files(self) -> None:
        wanted = self._manifest["files"]
        there = {
            one.relative_to(self.folder).as_posix()
            for one in sorted(self.folder.rglob("*"))
            if one.is_file() and "__pycache__" not in one.parts
        } - {MANIFEST}
        for name in sorted(there - wanted.keys()):
            self.findings.add(name, "dit bestand staat niet in het manifest: het hoort niet bij het pakket")
        for name, said in sorted(wanted.items()):
            self.counts["bestanden"] += 1
            if name not in there:
                self.findings.add(name, "dit bestand ontbreekt")
            elif self._digest(name) != said.get("sha256"):
                self.findings.add(
                    name, "dit bestand is gewijzigd: de SHA-256 is een andere dan in het manifest"
                )

    def _digest(self, name: str) -> str:
        made = hashlib.sha256()
        with (self.folder / name).open("rb") as stream:
            for block in iter(lambda: stream.read(BLOCK), b""):
                made.update(block)
        return made.hexdigest()

    def _lines(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give each line of a file of JSON Lines, with where it stands."""
        try:
            with (self.folder / name).open("r", encoding="utf-8") as stream:
                for number, line in enumerate(stream, start=1):
                    where = f"{name}, regel {number}"
                    try:
                        read = json.loads(line)
                    except (ValueError, RecursionError):
                        self.findings.add(where, "dit is geen leesbare regel JSON")
                        continue
                    if isinstance(read, dict):
                        yield where, read
                    else:
                        self.findings.add(where, "hier hoort een object te staan")
        except (OSError, UnicodeDecodeError) as error:
            self.findings.add(name, f"dit bestand kan niet gelezen worden ({error})")

    def _dossiers(self) -> None:
        for where, line in self._lines(DOSSIERS):
            try:
                dossier, number, events = str(line["id"]), str(line["number"]), list(line["events"])
            except (KeyError, TypeError):
                self.findings.add(where, "dit is geen dossier: id, nummer of gebeurtenissen ontbreken")
                continue
            called = f"{where}: dossier {number}"
            if dossier in self.numbers:
                self.findings.add(called, "dit dossier staat er twee keer in")
                continue
            self.numbers[dossier], self._salts[dossier] = number, str(line.get("salt", ""))
            self.counts["dossiers"] += 1
            self._heads[dossier] = self._chain(called, dossier, events)
            if (
                events
                and isinstance(events[0], dict)
                and (events[0].get("data") or {}).get("number") != number
            ):
                self.findings.add(called, "het nummer is een ander dan in de eerste gebeurtenis")

    def _chain(self, called: str, dossier: str, events: list[Any]) -> list[str]:
        """Look at the events of a dossier; return the hash of each."""
        hashes: list[str] = []
        previous, ended = "", False
        if not events:
            self.findings.add(called, "dit dossier heeft geen gebeurtenissen")
        for place, one in enumerate(events, start=1):
            self.counts["gebeurtenissen"] += 1
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
        for where, one in self._lines(READERS):
            try:
                about, sequence, before = str(one["dossier"]), int(one["sequence"]), str(one["previous"])
                parts = [about, sequence, one["at"], one["reader"], one["way"], one["hour"], before]
                said = str(one["hash"])
            except (KeyError, TypeError, ValueError):
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

    def _attachments(self) -> None:
        for where, one in self._lines(FILES):
            name = str(one.get("file", ""))
            if self._manifest["files"].get(name, {}).get("sha256") != one.get("sha256"):
                self.findings.add(where, f"de bijlage {name} is niet wat hier staat, of ontbreekt")

    def _agreement_files(self) -> None:
        for digest in sorted(self._agreements):
            name = f"afspraken/{digest}.json"
            if name not in self._manifest["files"]:
                self.findings.add(name, "onder deze afspraken loopt een dossier, en ze ontbreken")
            elif (self.folder / name).is_file() and self._digest(name) != digest:
                self.findings.add(name, "dit zijn niet de afspraken met deze naam: de inhoud is gewijzigd")

    def _ledger(self) -> None:
        previous, row = "", 0
        entered: dict[str, dict[int, str]] = {}
        for where, one in self._lines(LEDGER):
            row += 1
            self.counts["rijen"] += 1
            place, said = str(one.get("place", "")), str(one.get("hash", ""))
            if place != f"{row:012}":
                self.findings.add(
                    where, f"hier hoort rij {row} van het grootboek, en er staat {place or 'niets'}"
                )
                row = int(place) if place.isdigit() and place.isascii() else row
                previous = ""
            elif "entries" in one and sha256(f"{previous}\n{place}\n{one['entries']}") != said:
                self.findings.add(
                    where, f"rij {row} van het grootboek is gewijzigd, of volgt niet op de vorige"
                )
            if self.seals.pop(place, said) != said:
                self.findings.add(where, f"rij {row} is een andere dan die van het zegel")
            self.counts["verborgen"] += "entries" not in one
            self._enter(where, one, entered)
            previous = said
        last = self._manifest["ledger"]
        if (last.get("rows", 0), last.get("hash", "")) != (row, previous):
            what = f"het eindigt met rij {row}, en het manifest zegt {last.get('rows', 0)}"
            self.findings.add(LEDGER, f"het grootboek is ingekort, of eindigt anders: {what}")
        for place in sorted(self.seals):
            self.findings.add(LEDGER, f"rij {place} van het zegel staat er niet in")
        self._held(entered)

    def _enter(self, where: str, one: dict[str, Any], entered: dict[str, dict[int, str]]) -> None:
        """Note what a row says of the events of dossiers: how many there were, and the digest of the last."""
        try:
            said = json.loads(one["entries"]) if "entries" in one else one.get("own", {})
            for about, names in said.items():
                if about and {"*", "!", "~"} & names.keys():
                    # Anonymised, entered anew, or put back from a copy: what was before counts no more.
                    entered[about] = {}
                if about and names.get("events"):
                    count, _, digest = names["events"].partition(":")
                    entered.setdefault(about, {})[int(count)] = digest
        except (ValueError, AttributeError, TypeError, RecursionError):
            self.findings.add(where, "wat hier in het grootboek staat, kan niet gelezen worden")

    def _held(self, entered: dict[str, dict[int, str]]) -> None:
        """Hold the dossiers against what the ledger says of them."""
        for dossier in sorted(entered.keys() - self.numbers.keys()):
            if entered[dossier]:
                self.findings.add(DOSSIERS, f"dossier {dossier} staat in het grootboek, en ontbreekt hier")
        for dossier, number in self.numbers.items():
            called, hashes, salt = f"dossier {number}", self._heads[dossier], self._salts[dossier]
            known = entered.get(dossier, {})
            if not known:
                self.findings.add(DOSSIERS, f"{called} staat niet in het grootboek")
            elif max(known) != len(hashes):
                what = f"het grootboek kent {max(known)} gebeurtenissen, hier staan er {len(hashes)}"
                self.findings.add(DOSSIERS, f"{called}: {what}")
            for count, digest in sorted(known.items()):
                if count <= len(hashes) and salted(salt, hashes[count - 1]) != digest:
                    what = f"gebeurtenis {count} is een andere dan die in het grootboek staat"
                    self.findings.add(DOSSIERS, f"{called}: {what}")
                    break


def seals_in(text: str) -> dict[str, str]:
    """Return the seals in a file that ``gehoor backup --seal`` wrote: the place of a row, and its hash."""
    found = {}
    for line in text.splitlines():
        if line.strip():
            one = json.loads(line)
            found[str(one["place"])] = str(one["hash"])
    return found


def main(words: list[str] | None = None) -> int:
    """Verify a kit, and say in Dutch how it is: 0 where all is right, 1 where it is not."""
    asked = argparse.ArgumentParser(description="Kijk een uitvoerpakket van Gehoor na.")
    asked.add_argument("map", nargs="?", help="de map van het pakket; zonder keuze waar dit programma staat")
    asked.add_argument("--zegel", help="een bestand met zegels, elders bewaard (gehoor backup --seal)")
    given = asked.parse_args(words)
    folder = Path(given.map) if given.map else Path(__file__).resolve().parent
    try:
        seals = seals_in(Path(given.zegel).read_text("utf-8")) if given.zegel else {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"{given.zegel}: hierin staan geen zegels ({error})\n")
        return 2
    kit = Kit(folder, seals)
    findings = kit.verify()
    # What stands in a kit is of others: nothing of it steers a terminal.
    for one in findings.told:
        sys.stdout.write("".join(sign if sign.isprintable() else "?" for sign in one) + "\n")
    if findings.total > len(findings.told):
        sys.stdout.write(f"... en nog {findings.total - len(findings.told)}.\n")
    if findings.total:
        sys.stdout.write(f"NIET IN ORDE: {findings.total} keer klopt er iets niet.\n")
        return 1
    sys.stdout.write(
        "In orde: {bestanden} bestanden, {dossiers} dossiers, {gebeurtenissen} gebeurtenissen, {rijen} rijen van het "
        "grootboek.\n".format(**kit.counts)
    )
    if kit.counts["verborgen"]:
        sys.stdout.write(
            f"Van {kit.counts['verborgen']} rijen staat hier alleen de hash: daarin staat ook iets van anderen.\n"
        )
    manifest = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    sys.stdout.write(f"SHA-256 van het manifest: {manifest}\n")
    sys.stdout.write("Is dat wat u kreeg bij het uitvoeren, dan is dit pakket wat toen gemaakt werd.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
