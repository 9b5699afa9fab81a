"""Work lists and search in a large register: what a page costs, beside one bare question to the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from gehoor.core.dossier.events import instant_text
from gehoor.services.ports.records import Account, Summary
from gehoor.services.ports.store import Where
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.search import search
from gehoor.services.search.worklist import work_list
from gehoor.services.search.worklist_filters import Sort, Tab, Wish
from tests.bench.house import NOW, embedded, submit
from tests.bench.timing import median_us, row

SIZE = 20_000
HANDLERS = ("", "els", "koen", "ria")


def lists(folder: Path) -> None:
    """A page with the number of dossiers in each list, sorted and narrowed; and search."""
    runtime = embedded(folder, "lists.db")
    els = Account("els", "Els", "", "", ("de-linde/*:kwaliteitscoordinator",))
    _fill(runtime)
    where = Where({"organisation": "de-linde", "department": "beukenhof", "closed": False})

    def bare() -> None:
        with reading(runtime.store) as register:
            register.tables.count("dossiers", where=where)
            register.tables.select("dossiers", where=where, order_by=("due_at",), limit=50)

    reference = median_us(bare, 20)
    wishes = {
        "as it is": Wish(),
        "what is mine": Wish(Tab.MINE),
        "sorted the other way": Wish(sort=Sort.RECEIVED, descending=True),
        "the tenth page": Wish(page=10),
        "one kind": Wish(kind="klacht"),
        "one mark": Wish(flag="Ernstig"),
    }
    for name, wish in wishes.items():
        cost = median_us(lambda wish=wish: work_list(runtime, els, NOW, wish), 10)
        row(
            f"list of {SIZE:,}: {name}",
            f"{cost / 1000:.1f} ms",
            f"{cost / reference:.1f} x one bare question",
        )
    for name, typed in {"a number": "BEU-2026-0000", "a word in all": "soep"}.items():
        cost = median_us(lambda typed=typed: search(runtime, els, typed), 10)
        row(f"search in {SIZE:,}: {name}", f"{cost / 1000:.1f} ms")
    runtime.store.close()


def _fill(runtime: Runtime) -> None:
    first = submit(runtime, "first").dossier
    with writing(runtime.store) as register:
        summary = register.summary(first)
        text = register.tables.select("texts", limit=1)[0]
        assert summary is not None
        for number in range(SIZE):
            other = _another(summary, number)
            register.save_summary(other)
            named = {**text, "dossier": other.id, "texts": [other.number, *text["texts"][1:]]}
            register.tables.put("texts", f"{other.id}/", named)


def _another(summary: Summary, number: int) -> Summary:
    due = instant_text(NOW + timedelta(hours=number % 2000 - 50))
    return replace(
        summary,
        id=f"x{number:06}",
        number=f"BEU-2026-{number:05}",
        due_at=due,
        received=f"2026-0{number % 3 + 1}-{number % 28 + 1:02}",
        kind=("klacht", "melding")[number % 2],
        flags=("Ernstig",) if number % 20 == 0 else (),
        handler=HANDLERS[number % 4],
        code_hash=None,
        attention_at=None,
        excluded=("els",) if number % 500 == 0 else (),
    )
