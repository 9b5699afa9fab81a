"""Kijkt een uitvoerpakket van Gehoor na, zonder Gehoor: alleen Python 3.9 of later is nodig.

    python3 verify.py [MAP] [--manifest SHA-256] [--zegel BESTAND]

This program goes along in each kit. It looks at the manifest (SHA-256 of each file), the chain of events of each
dossier, the log of who looked, the attachments, and the ledger of the register. It says in Dutch what is wrong, and
where. It shares nothing with Gehoor but the formats, which LEESMIJ.md in the kit describes.

Whoever changes a kit can make all of it fit together again. So that it fits is no proof: what was kept elsewhere is.
With the SHA-256 of the manifest, the kit is what was made then. With a seal, events are those of then as far as rows
of the ledger lead to the sealed one without a gap; a row of which only the hash is here is such a gap.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from base64 import b64encode, urlsafe_b64encode
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
NAMED = 10
"""So many dossiers are named in one sentence."""
BLOCK = 1 << 20
CONTENTS = "attachment_contents/"
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
    key = salt.encode("utf-8", "surrogatepass")[:64]
    made = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, key=key).digest()
    return urlsafe_b64encode(made).decode("ascii").rstrip("=")


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


class Kit:
    """A kit in a folder, and what is found in it."""

    def __init__(self, folder: Path, seals: dict[str, str] | None = None, manifest: str = "") -> None:
        self.folder = folder
        self.seals = dict(seals or {})
        self.manifest = manifest
        self.loose: list[str] = []
        """Numbers of dossiers of which the last events are held by no row that could be reckoned again."""
        self.unsealed: list[str] = []
        """Those that no seal holds to their last event."""
        self.findings = Findings()
        self.counts = {"bestanden": 0, "dossiers": 0, "gebeurtenissen": 0, "rijen": 0, "verborgen": 0}
        self.organisation = ""
        self.numbers: dict[str, str] = {}
        self._salts: dict[str, str] = {}
        self._heads: dict[str, list[str]] = {}
        self._looked: dict[str, dict[int, str]] = {}
        self._contents: dict[str, dict[str, tuple[str, str]]] = {}
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
            content = (self.folder / MANIFEST).read_bytes()
            found = json.loads(content.decode("utf-8"))
            files = {str(name): dict(said) for name, said in found["files"].items()}
            self._manifest = {"files": files, "ledger": dict(found["ledger"])}
            self.organisation = str(found["organisation"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            self.findings.add(
                MANIFEST, f"dit is geen manifest van een uitvoerpakket, of het ontbreekt ({error})"
            )
            return False
        if self.manifest and hashlib.sha256(content).hexdigest() != self.manifest:
            self.findings.add(
                MANIFEST, "dit is een ander pakket: de SHA-256 van het manifest is niet die van toen"
            )
        left_out = found.get("left_out") or []
        for one in left_out if isinstance(left_out, list) else [left_out]:
            self.findings.add(str(one), "dit was beschadigd bij het uitvoeren, en zit er niet in")
        return True

    def _files(self) -> None:
        wanted = self._manifest["files"]
        there = set()
        for one in sorted(self.folder.rglob("*")):
            name = one.relative_to(self.folder).as_posix()
            if one.is_symlink():
                self.findings.add(name, "dit verwijst naar elders: het hoort niet bij het pakket")
            elif not one.is_dir() and name != MANIFEST:
                there.add(name)
        for name in sorted(there - wanted.keys()):
            self.findings.add(name, "dit bestand staat niet in het manifest: het hoort niet bij het pakket")
        for name, said in sorted(wanted.items()):
            self.counts["bestanden"] += 1
            if name not in there:
                self.findings.add(name, "dit bestand ontbreekt")
            elif not (self.folder / name).is_file() or self._digest(name) != said.get("sha256"):
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
            self._looked.setdefault(about, {})[sequence] = said

    def _attachments(self) -> None:
        for where, one in self._lines(FILES):
            name = str(one.get("file", ""))
            if self._manifest["files"].get(name, {}).get("sha256") != one.get("sha256", ""):
                self.findings.add(where, f"de bijlage {name} is niet wat hier staat, of ontbreekt")
                continue
            about, salt = str(one.get("dossier", "")), self._salts.get(str(one.get("dossier", "")), "")
            called = CONTENTS + salted(salt, str(one.get("id", "")))[:11]
            self._contents.setdefault(about, {})[called] = name, salt

    def _agreement_files(self) -> None:
        for digest in sorted(self._agreements):
            name = f"afspraken/{digest}.json"
            if name not in self._manifest["files"]:
                self.findings.add(name, "onder deze afspraken loopt een dossier, en ze ontbreken")
            elif (self.folder / name).is_file() and self._digest(name) != digest:
                self.findings.add(name, "dit zijn niet de afspraken met deze naam: de inhoud is gewijzigd")

    def _ledger(self) -> None:
        previous, row = "", 0
        entered: dict[str, Entered] = {}
        run: dict[str, int] = {}
        """Of the rows that went along whole since the last gap: how many events they give each dossier."""
        for where, one in self._lines(LEDGER):
            row += 1
            self.counts["rijen"] += 1
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
            self.counts["verborgen"] += "entries" not in one
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
        last = self._manifest["ledger"]
        if (last.get("rows", 0), last.get("hash", "")) != (row, previous):
            what = f"het eindigt met rij {row}, en het manifest zegt {last.get('rows', 0)}"
            self.findings.add(LEDGER, f"het grootboek is ingekort, of eindigt anders: {what}")
        if last.get("withheld", 0) != self.counts["verborgen"]:
            what = f"van {self.counts['verborgen']} rijen staat hier alleen de hash"
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
        for dossier in sorted(entered.keys() - self.numbers.keys()):
            if entered[dossier].events:
                self.findings.add(DOSSIERS, f"dossier {dossier} staat in het grootboek, en ontbreekt hier")
        for dossier, number in self.numbers.items():
            called, hashes = f"dossier {number}", self._heads[dossier]
            known = entered.get(dossier, Entered())
            if not known.events:
                self.findings.add(DOSSIERS, f"{called} staat niet in het grootboek")
            else:
                there = dict(enumerate(hashes, start=1))
                self._chained(DOSSIERS, dossier, ("gebeurtenis", "gebeurtenissen"), (known.events, there))
            looked = self._looked.get(dossier, {})
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
        called, salt = f"dossier {self.numbers[dossier]}", self._salts[dossier]
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
        called, there = f"dossier {self.numbers[dossier]}", self._contents.get(dossier, {})
        for name, digest in known.files.items():
            if digest and name not in there:
                self.findings.add(FILES, f"{called}: een bijlage staat in het grootboek, en ontbreekt hier")
        for name, (file, salt) in there.items():
            digest = known.files.get(name, "")
            if not digest and not known.anew:
                self.findings.add(FILES, f"{called}: de bijlage {file} staat niet in het grootboek")
            elif digest and (self.folder / file).is_file():
                held = as_text({"base64": b64encode((self.folder / file).read_bytes()).decode("ascii")})
                if salted(salt, held) != digest:
                    what = f"de bijlage {file} is een andere dan die in het grootboek staat"
                    self.findings.add(FILES, f"{called}: {what}")


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
    asked.add_argument(
        "--manifest", help="de SHA-256 van het manifest, die u kreeg bij het uitvoeren", default=""
    )
    given = asked.parse_args(words)
    folder = Path(given.map) if given.map else Path(__file__).resolve().parent
    try:
        seals = seals_in(Path(given.zegel).read_text("utf-8")) if given.zegel else {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"{given.zegel}: hierin staan geen zegels ({error})\n")
        return 2
    kit = Kit(folder, seals, given.manifest.strip().lower())
    findings = kit.verify()
    # What stands in a kit is of others: nothing of it steers a terminal.
    for one in findings.told:
        sys.stdout.write("".join(sign if sign.isprintable() else "?" for sign in one) + "\n")
    if findings.total > len(findings.told):
        sys.stdout.write(f"... en nog {findings.total - len(findings.told)}.\n")
    if findings.total:
        sys.stdout.write(f"NIET IN ORDE: {findings.total} keer klopt er iets niet.\n")
        return 1
    for one in _told(kit, sealed=bool(seals)):
        sys.stdout.write("".join(sign if sign.isprintable() else "?" for sign in one) + "\n")
    return 1 if kit.loose and not kit.manifest else 0


def _told(kit: Kit, sealed: bool) -> Iterator[str]:
    """Say of a kit in which nothing is wrong what that proves, and what it does not."""
    what = (
        "{bestanden} bestanden, {dossiers} dossiers, {gebeurtenissen} gebeurtenissen, {rijen} rijen van het grootboek."
    ).format(**kit.counts)
    if kit.manifest:
        yield f"In orde: {what}"
        yield "Dit is het pakket dat toen gemaakt werd: de SHA-256 van het manifest is die van toen."
    elif kit.loose:
        yield f"NIET TE BEWIJZEN: {what}"
        yield (
            f"Van {_some(kit.loose)} staat het laatste alleen in rijen van het grootboek waarvan hier enkel de hash "
            "is. Of er iets aan gewijzigd is, blijkt niet uit dit pakket."
        )
    else:
        yield f"Alles klopt met elkaar: {what}"
    if kit.counts["verborgen"]:
        rows = "1 rij" if kit.counts["verborgen"] == 1 else f"{kit.counts['verborgen']} rijen"
        yield f"Van {rows} van het grootboek staat hier alleen de hash: daarin staat ook iets van anderen."
    if sealed and kit.unsealed:
        yield f"Het zegel bewijst niet alles: niet van {_some(kit.unsealed)}, tot de laatste gebeurtenis."
    elif sealed:
        yield "Het zegel bewijst van elk dossier dat de gebeurtenissen die van toen zijn."
    if not kit.manifest:
        made = hashlib.sha256((kit.folder / MANIFEST).read_bytes()).hexdigest()
        yield f"SHA-256 van het manifest: {made}"
        yield "Is dat wat u kreeg bij het uitvoeren, dan is dit pakket wat toen gemaakt werd. Zo niet, dan kan iemand"
        yield "het hele pakket anders geschreven hebben, zo dat het weer klopt. Kijk na met --manifest."


def _some(numbers: list[str]) -> str:
    """Name some of the dossiers, and how many more there are."""
    more = f" en nog {len(numbers) - NAMED}" if len(numbers) > NAMED else ""
    counted = "1 dossier" if len(numbers) == 1 else f"{len(numbers)} dossiers"
    return f"{counted} ({', '.join(numbers[:NAMED])}{more})"


if __name__ == "__main__":
    sys.exit(main())
