"""W1 over HTTP: a public form of forty fields, beside a page written by hand and one that never changes."""

from __future__ import annotations

import json
from contextlib import ExitStack

from gehoor.services.dossiers.editing import look
from tests.bench.house import LARGE, NOW, embedded, site, submit
from tests.bench.load import Request, by_turns
from tests.bench.rendering import hand_written
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.bench.sites import gehoor, page, peer

PATH = f"/de-linde/beukenhof/{LARGE}/alles"


def pages(run: Run) -> None:
    """Print what the page costs over one connection that stays open."""
    runtime = embedded(run.folder, "pages.db", also_large=True)
    agreement = look(runtime, submit(runtime, "one").dossier, NOW).agreement
    fields = list(agreement.forms[LARGE].fields.values())
    template = hand_written(site(runtime), fields)
    runtime.store.close()
    with ExitStack() as stack:
        ours = stack.enter_context(gehoor(run.folder / "pages.db"))
        text = page(ours, PATH)
        (run.folder / "constant.html").write_text(text, "utf-8")
        # Around the fields, the page that someone wrote is ours as it is.
        begin, end = text.index('<div class="field'), text.rindex('<p class="actions')
        written = f"{{% raw %}}{text[:begin]}{{% endraw %}}{template}{{% raw %}}{text[end:]}{{% endraw %}}"
        (run.folder / "written.html").write_text(written, "utf-8")
        values = {field.id: [] if field.kind == "choices" else "" for field in fields}
        (run.folder / "values.json").write_text(json.dumps(values), "utf-8")
        named = {"page": run.folder / "written.html", "values": run.folder / "values.json"}
        by_hand = stack.enter_context(peer("hand_written:app", **named))
        constant = stack.enter_context(peer("constant:app", page=run.folder / "constant.html"))
        requests = [Request(ours, PATH), Request(by_hand), Request(constant)]
        mine, hand, still = by_turns(requests, rounds=run.rounds)
        waiting = by_turns(requests, rounds=run.rounds, connections=8)
    run.report.row(
        "a public form of 40 fields over HTTP",
        f"{mine.cpu:.0f} us CPU",
        f"by hand {hand.cpu:.0f} us",
        Bar(mine.cpu / hand.cpu, 1.1),
    )
    run.report.row(
        "the same, requests a second",
        f"{mine.per_second:,.0f}",
        f"a constant page {still.per_second:,.0f} ({still.cpu:.0f} us CPU)",
        Bar(mine.per_second / still.per_second, 0.7, side="at least"),
    )
    run.report.row(
        "the same with 8 connections",
        f"{waiting[0].per_second:,.0f} a second",
        f"p99 {waiting[0].p99 / 1000:.1f} ms; by hand {waiting[1].per_second:,.0f}, {waiting[1].p99 / 1000:.1f} ms; "
        f"constant {waiting[2].per_second:,.0f}, {waiting[2].p99 / 1000:.1f} ms",
    )
