"""W2: a submission that is judged, numbered and kept durably, over HTTP and without it."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from typing import Any

from gehoor.services.dossiers.viewing import look
from gehoor.services.register.register import reading
from tests.bench.house import ANSWERS, LARGE, NOW, embedded, opened, submit
from tests.bench.load import by_turns
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.bench.sites import answers_for, form_body, gehoor, peer, post
from tests.bench.timing import dominating, median_us, total_us

LARGE_PATH, SHORT_PATH = (f"/de-linde/beukenhof/{form}/alles" for form in (LARGE, "melden"))


def submissions(run: Run) -> None:
    """Print what a form of 4 and one of 40 answers costs."""
    file = run.folder / "submissions.db"
    runtime = embedded(run.folder, file.name, also_large=True)
    agreement = look(runtime, submit(runtime, "one").dossier, NOW).agreement
    runtime.store.close()
    forms = {
        "4 answers": (SHORT_PATH, agreement.forms["melden"], {**ANSWERS, "klager_email": "ann#@example.org"}),
        "40 answers": (LARGE_PATH, agreement.forms[LARGE], None),
    }
    for name, (path, form, given) in forms.items():
        answers = given or answers_for(list(form.fields.values()))
        schema = {
            "type": "object",
            "properties": {f"v_{n}": _as_text(f.schema) for n, f in form.fields.items()},
        }
        (run.folder / "schema.json").write_text(json.dumps(schema), "utf-8")
        fields = " ".join(f"v_{field}" for field in answers)
        with ExitStack() as stack:
            ours = stack.enter_context(gehoor(file))
            bare = stack.enter_context(peer("inserting:app", database=run.folder / f"bare{len(answers)}.db"))
            judged = stack.enter_context(
                peer(
                    "inserting:app",
                    database=run.folder / f"judged{len(answers)}.db",
                    schema=run.folder / "schema.json",
                )
            )
            database = run.folder / f"django{len(answers)}.db"
            django = stack.enter_context(peer("django_site:app", database=database, fields=fields))
            body = form_body(answers)
            requests = [post(ours, path, body), *(post(site, "/", body) for site in (bare, judged, django))]
            mine, flask, jsonschema, modelform = by_turns(requests, rounds=run.rounds)
        limit = {"4 answers": 3.5}.get(name)
        run.report.row(
            f"{name} over HTTP, durable",
            f"{mine.cpu:.0f} us CPU",
            f"bare Flask and one insert {flask.cpu:.0f} us ({mine.cpu / flask.cpu:.1f} x)",
            Bar(mine.cpu / flask.cpu, limit) if limit else None,
        )
        run.report.row(
            "  beside a Django ModelForm",
            f"{mine.cpu / modelform.cpu:.2f} x",
            f"{modelform.cpu:.0f} us CPU; wall {1e6 / mine.per_second:.0f} beside {1e6 / modelform.per_second:.0f} us",
            Bar(mine.cpu / modelform.cpu, 1) if limit else None,
        )
        run.report.row(
            "  beside plain jsonschema", f"{mine.cpu / jsonschema.cpu:.1f} x", f"{jsonschema.cpu:.0f} us CPU"
        )
        with reading((kept := opened(file)).store) as register:
            assert register.tables.count("events", where={"sequence": 1}) > mine.answered
        kept.store.close()


def _as_text(schema: Any) -> dict[str, Any]:
    """Return what a schema asks of a text, as a form sends nothing else."""
    kept = {name: schema[name] for name in ("maxLength", "minLength", "pattern") if name in schema}
    return {"type": "string", **kept}


def without_http(run: Run) -> None:
    """Print what opening a dossier costs by itself, and in which modules."""
    runtime = embedded(run.folder, "inprocess.db")
    keys = (str(number) for number in range(10**9))
    runs = run.less(300)
    for _ in range(30):
        submit(runtime, next(keys))
    wall = median_us(lambda: submit(runtime, next(keys)), runs)
    cpu = total_us(lambda: [submit(runtime, next(keys)) for _ in range(runs)]) / runs
    run.report.row("4 answers without HTTP", f"{cpu:.0f} us CPU", f"wall {wall:.0f} us")
    run.report.note("where it goes (own time by module, under the profiler):")
    for line in dominating(lambda: [submit(runtime, next(keys)) for _ in range(runs)], 10):
        run.report.note(f"  {line}")
    runtime.store.close()


def by_one_person(run: Run) -> None:
    """Print what a submission costs of somebody who has a hundred dossiers already."""
    runtime = embedded(run.folder, "oneperson.db")
    first = _first_and_last(runtime, 120)
    run.report.row(
        "4 answers after 100 of the same person", f"{first[1]:.0f} us", f"after none {first[0]:.0f} us"
    )
    runtime.store.close()


def _first_and_last(runtime: Any, number: int) -> tuple[float, float]:
    costs = []
    for _ in range(number):
        start = time.process_time()
        submit(runtime, "same", key=f"same{len(costs)}")
        costs.append((time.process_time() - start) * 1e6)
    return sum(costs[1:11]) / 10, sum(costs[-10:]) / 10
