"""An exit kit: all that an organisation has in a register, written at one moment of it, and noted.

It is for whoever runs the server: all of it, also what is strictly confidential, is more than any role may see.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gehoor.core.dossier.events import instant_text
from gehoor.core.text.canonical_json import dump, load
from gehoor.services.access.authorisation import Operator
from gehoor.services.exchange.exit_kit.agreements import AgreementFiles
from gehoor.services.exchange.exit_kit.dossiers import DossierFiles
from gehoor.services.exchange.exit_kit.ledger import LedgerFile
from gehoor.services.exchange.exit_kit.noted import all_noted
from gehoor.services.exchange.exit_kit.people import write_accounts, write_names
from gehoor.services.exchange.exit_kit.sink import Sink
from gehoor.services.exchange.exit_kit.texts import README, SCHEMAS, schema_of
from gehoor.services.ports.store import DamagedError
from gehoor.services.records.within import everywhere
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime

FORMAT: Final = 1
_NOTED: Final = 50
"""So many of the last kits are known by the register."""


class UnknownOrganisationError(LookupError):
    """Nothing was ever published for an organisation of this name."""


@dataclass(frozen=True, slots=True)
class Made:
    """What went into a kit: how many dossiers, attachments and agreements, what is damaged and did not, and how many
    rows of the ledger go along by their hash alone. ``ledger``: how many rows it has, and the hash of the last."""

    organisation: str
    made_at: str
    by: str
    dossiers: int
    attachments: int
    agreements: int
    left_out: tuple[str, ...]
    ledger: dict[str, Any]

    def manifest(self, files: dict[str, dict[str, Any]]) -> bytes:
        """Return the manifest of a kit with these files (name -> SHA-256 and size)."""
        said = {
            "what": "gehoor-uitvoer",
            "format": FORMAT,
            "organisation": self.organisation,
            "made_at": self.made_at,
            "by": self.by,
            "dossiers": self.dossiers,
            "attachments": self.attachments,
            "agreements": self.agreements,
            "left_out": list(self.left_out),
            "ledger": self.ledger,
            "files": dict(sorted(files.items())),
        }
        return f"{json.dumps(said, ensure_ascii=False, indent=1)}\n".encode()


def write_kit(
    runtime: Runtime,
    organisation: str,
    sink: Sink,
    actor: Operator,
    now: datetime,
    version: str,
    progress: Callable[[int], None] = lambda _: None,
) -> Made:
    """Write the kit of an organisation, but for its manifest. That each dossier is taken out is in its access log
    before it is, also where the kit does not come about. Raises ``UnknownOrganisationError``."""
    with everywhere():
        with reading(runtime.store) as register:
            if organisation not in {one for one, _ in register.published_departments()}:
                raise UnknownOrganisationError(organisation)
        with all_noted(runtime, organisation, actor, now, progress) as register:
            return _written(runtime, register, organisation, (sink, actor, version), now)


def _damaged_rows(register: Register) -> Iterator[str]:
    """Say of which tables rows are damaged that nobody knows whose they are: they may be of this organisation, and are
    not told by their keys, which may be of another."""
    for table in ("accounts", "messages", "reports", "proposals", "proposal_log"):
        hurt = sum(document is None for _key, document in register.tables.scan(table))
        if hurt:
            rows = "1 beschadigde rij" if hurt == 1 else f"{hurt} beschadigde rijen"
            yield f"{rows} van {table}: van welke organisatie, weet niemand"


def note_kit(runtime: Runtime, made: Made, manifest: str) -> None:
    """Keep in the register that a kit was made, with the SHA-256 of its manifest."""
    with everywhere(), writing(runtime.store) as register:
        said = {"at": made.made_at, "by": made.by, "dossiers": made.dossiers, "manifest": manifest}
        try:
            before = kits_made(register, made.organisation)
        except DamagedError:
            # The kit is there already: that it is known goes before what was known.
            before = [{"lost": True}]
        register.save_setting(_setting(made.organisation), dump([said, *before][:_NOTED]))


def kits_made(register: Register, organisation: str) -> list[dict[str, Any]]:
    """Return when a kit of an organisation was made, by whom and with how many dossiers; the last first. ``lost``: what
    was known of those before was damaged then. Raises ``DamagedError``."""
    kept = register.setting(_setting(organisation))
    return list(load(kept)) if kept else []


def _setting(organisation: str) -> str:
    return f"exports/{organisation}"


def _written(
    runtime: Runtime,
    register: Register,
    organisation: str,
    how: tuple[Sink, Operator, str],
    now: datetime,
) -> Made:
    sink, actor, version = how
    agreements = AgreementFiles(runtime, register, organisation, sink)
    agreements.write()
    names, damaged = write_accounts(register, organisation, sink)
    dossiers = DossierFiles(runtime, register, organisation, sink, now)
    dossiers.write()
    write_names(register, dossiers.people - names, sink)
    ledger = LedgerFile(register, organisation, names, sink)
    ledger.write()
    nobodys = _damaged_rows(register)
    left_out = (*agreements.left_out, *damaged, *dossiers.left_out, *ledger.left_out, *nobodys)
    end = {"rows": ledger.rows, "hash": ledger.last.get("hash", ""), "withheld": ledger.withheld}
    made = Made(
        organisation, instant_text(now), actor.name, dossiers.number, dossiers.attachments, agreements.number,
        left_out, end,
    )  # fmt: skip
    for name in SCHEMAS:
        schema = json.dumps(schema_of(name), ensure_ascii=False, indent=1)
        sink.put(f"schemas/{name}.schema.json", f"{schema}\n".encode())
    readme = README.format(
        organisation=organisation, made_at=made.made_at, by=made.by, version=version, dossiers=made.dossiers,
        attachments=made.attachments, agreements=made.agreements,
    )  # fmt: skip
    sink.put("LEESMIJ.md", readme.encode())
    return made
