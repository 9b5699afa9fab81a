"""The program: which kit is verified against what was kept elsewhere, and what is said of it.

Whoever changes a kit can make all of it fit together again. So that it fits is no proof: what was kept elsewhere is.
With the SHA-256 of the manifest, the kit is what was made then. With a seal, events are those of then as far as rows
of the ledger lead to the sealed one without a gap; a row of which only the hash is here is such a gap."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .chains import Chains
from .findings import Findings, from_text
from .kit_files import MANIFEST, Files
from .ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMED = 10
"""So many dossiers are named in one sentence."""


class Kit:
    """A kit in a folder. ``seals``: the place of a row of the ledger -> its hash; ``manifest``: the SHA-256 of its
    manifest; both as somebody kept them elsewhere."""

    def __init__(self, folder: Path, seals: dict[str, str] | None = None, manifest: str = "") -> None:
        self.manifest = manifest
        self.files = Files(folder, Findings(), manifest)
        self.chains = Chains(self.files)
        self.ledger = Ledger(self.chains, seals or {})

    def verify(self) -> Findings:
        """Look at all of it."""
        try:
            if self.files.read_manifest():
                self.files.hold()
                self.chains.verify()
                self.ledger.verify()
        except RecursionError:
            self.files.findings.add(
                str(self.files.folder), "hierin staat iets dat te diep genest is om na te kijken"
            )
        return self.files.findings

    def counts(self) -> dict[str, int]:
        """Return how much was looked at."""
        return {
            "bestanden": len(self.files.named),
            "dossiers": len(self.chains.numbers),
            "gebeurtenissen": self.chains.events,
            "rijen": self.ledger.rows,
        }


def seals_in(text: str) -> dict[str, str]:
    """Return the seals in a file that ``gehoor backup --seal`` wrote: the place of a row, and its hash."""
    found = {}
    for line in text.splitlines():
        if line.strip():
            one = from_text(line)
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
    folder = Path(given.map) if given.map else Path(__file__).resolve().parent.parent
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
    return 1 if kit.ledger.loose and not kit.manifest else 0


def _told(kit: Kit, sealed: bool) -> Iterator[str]:
    """Say of a kit in which nothing is wrong what that proves, and what it does not."""
    what = (
        "{bestanden} bestanden, {dossiers} dossiers, {gebeurtenissen} gebeurtenissen, {rijen} rijen van het grootboek."
    ).format(**kit.counts())
    if kit.manifest:
        yield f"In orde: {what}"
        yield "Dit is het pakket dat toen gemaakt werd: de SHA-256 van het manifest is die van toen."
    elif kit.ledger.loose:
        yield f"NIET TE BEWIJZEN: {what}"
        yield (
            f"Van {_some(kit.ledger.loose)} staat het laatste alleen in rijen van het grootboek waarvan hier enkel de "
            "hash is. Of er iets aan gewijzigd is, blijkt niet uit dit pakket."
        )
    else:
        yield f"Alles klopt met elkaar: {what}"
    if kit.ledger.withheld:
        rows = "1 rij" if kit.ledger.withheld == 1 else f"{kit.ledger.withheld} rijen"
        yield f"Van {rows} van het grootboek staat hier alleen de hash: daarin staat ook iets van anderen."
    if sealed and kit.ledger.unsealed:
        yield f"Het zegel bewijst niet alles: niet van {_some(kit.ledger.unsealed)}, tot de laatste gebeurtenis."
    elif sealed:
        yield "Het zegel bewijst van elk dossier dat de gebeurtenissen die van toen zijn."
    if not kit.manifest:
        made = hashlib.sha256(kit.files.read(MANIFEST)).hexdigest()
        yield f"SHA-256 van het manifest: {made}"
        yield "Is dat wat u kreeg bij het uitvoeren, dan is dit pakket wat toen gemaakt werd. Zo niet, dan kan iemand"
        yield "het hele pakket anders geschreven hebben, zo dat het weer klopt. Kijk na met --manifest."


def _some(numbers: list[str]) -> str:
    """Name some of the dossiers, and how many more there are."""
    more = f" en nog {len(numbers) - _NAMED}" if len(numbers) > _NAMED else ""
    counted = "1 dossier" if len(numbers) == 1 else f"{len(numbers)} dossiers"
    return f"{counted} ({', '.join(numbers[:_NAMED])}{more})"
