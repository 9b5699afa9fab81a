"""Verify: reading all of a register, and saying what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from gehoor.core.text.canonical_json import load
from gehoor.services.maintenance.chains import Chains
from gehoor.services.maintenance.entering import has_begun
from gehoor.services.maintenance.findings import Finding, Kind
from gehoor.services.maintenance.holding import Held
from gehoor.services.maintenance.ledger_reading import read_ledger
from gehoor.services.maintenance.register_reading import Reading
from gehoor.services.maintenance.seals import Seal
from gehoor.services.ports.store import Document, Store
from gehoor.services.records.ledger_entries import GIVEN_UP, HOW, LEDGER, SALTS
from gehoor.services.records.left_out import snapshot
from gehoor.services.records.tables import SCHEMAS


@dataclass
class Verified:
    """What was read, and what is wrong; ``replaced``: the dossiers that were put back from a copy, and from which: no
    fault, and always told; ``accepted``: what somebody accepted as lost (table and key), told as well; ``seal``: what
    to keep elsewhere of the ledger, to hold it against later."""

    documents: int = 0
    dossiers: int = 0
    findings: list[Finding] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)
    accepted: list[tuple[str, str]] = field(default_factory=list)
    seal: Seal | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    """Why something was given up, by its name in the ledger."""

    def noting(
        self, table: str, rows: Iterable[tuple[str, Document | None]]
    ) -> Iterator[tuple[str, Document | None]]:
        """Give rows on, and note why something was given up where they say so."""
        for key, document in rows:
            if table == "settings" and key.startswith(GIVEN_UP) and document is not None:
                # What somebody else wrote there, the ledger tells of.
                with suppress(KeyError, TypeError, ValueError):
                    self.reasons[key.removeprefix(GIVEN_UP)] = str(load(document["value"])["reason"])
            yield key, document


def verify(
    store: Store, progress: Callable[[int], None] = lambda _: None, against: Iterable[Seal] = ()
) -> Verified:
    """Read a register whole, at one moment, while others go on working with it. ``against``: what was kept elsewhere of
    its ledger. Raises ``StoreUnavailableError`` when it cannot be read at all."""
    result = Verified(findings=[Finding(Kind.STRUCTURE, "", detail=line) for line in store.structure()])
    result.findings += [Finding(Kind.WORDS, table) for table in store.lost_words()]
    with snapshot(store) as tables:
        reading = Reading(tables, progress)
        entered = read_ledger(reading.rows(LEDGER), [(one.place, one.hash) for one in against])
        begun = has_begun(entered)
        result.seal = Seal.of(tables)
        result.replaced, result.accepted = entered.replaced, entered.accepted()
        held = Held(entered)
        held.read_salts(reading.rows(SALTS))
        for schema in SCHEMAS:
            if schema.name in HOW:
                held.read(schema.name, result.noting(schema.name, reading.rows(schema.name)))
            elif schema.name not in (LEDGER, SALTS):
                for _ in reading.rows(schema.name):
                    pass
        result.findings += entered.findings
        if not begun and any(reading.keys[name] for name in HOW):
            # Then it says of nothing that it is gone or changed.
            result.findings.append(Finding(Kind.LEDGER, LEDGER, detail="none"))
            held.let_go()
        result.findings += _judged(reading, held)
    result.documents, result.dossiers = reading.documents, len(reading.dossiers)
    return result


def _judged(reading: Reading, held: Held) -> list[Finding]:
    """Return what is wrong: what together makes one thing once, and not again for what depends on it."""
    chains = Chains(reading, held)
    found = [*reading.findings, *chains.of_dossiers(), *chains.files(), *chains.halves()]
    lost = held.lost(reading.dossiers)
    found += [Finding(Kind.EVENTS_LOST, "events", one, f"0/{count}") for one, count in lost.items()]
    by_ledger = [*held.findings(lost), *chains.logs(lost)]
    told = {(one.table, one.key) for one in by_ledger}
    # Of a dossier that was anonymised, its events stay, the last of which says so.
    found += [
        Finding(Kind.EVENTS_LOST, "events", one, "*")
        for one in sorted(held.entered.forgotten - reading.dossiers.keys() - lost.keys())
        if (SALTS, one) not in told
    ]
    # Of a retention record that is gone, the ledger tells already.
    found = [one for one in found if one.table != "retention" or (one.table, one.key) not in told] + by_ledger
    told = {(one.table, one.key) for one in found}
    found += chains.summaries(told)
    # What belonged to something that is given up, stays.
    names = (name.partition("/") for table, name in held.entered.accepted() if table == LEDGER)
    return [*found, *reading.orphans(told | {(table, key) for table, _, key in names})]
