"""Eight clients who submit at once, against one, two and four workers."""

from __future__ import annotations

from tests.bench.house import ANSWERS, embedded
from tests.bench.load import by_turns
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.bench.sites import form_body, gehoor, peer, post
from tests.bench.submissions import SHORT_PATH

CLIENTS = 8


def workers(run: Run) -> None:
    """Print how many submissions a second there are, and how long half and nearly all of them wait."""
    body = form_body({**ANSWERS, "klager_email": "ann#@example.org"})
    alone = 0.0
    for number in (1, 2, 4):
        embedded(run.folder, f"workers{number}.db").store.close()
        bare = run.folder / f"bareworkers{number}.db"
        with (
            gehoor(run.folder / f"workers{number}.db", number) as ours,
            peer("inserting:app", number, database=bare) as other,
        ):
            requests = [post(ours, SHORT_PATH, body), post(other, "/", body)]
            mine, flask = by_turns(requests, rounds=run.rounds, seconds=2, connections=CLIENTS)
        alone = alone or mine.per_second
        run.report.row(
            f"{CLIENTS} clients, workers: {number}",
            f"{mine.per_second:,.0f} a second",
            f"{mine.cpu:.0f} us CPU, p50 {mine.p50 / 1000:.0f} ms; "
            f"bare Flask {flask.per_second:,.0f}, p99 {flask.p99 / 1000:.0f} ms",
            Bar(mine.p99 / 1000, 150, "ms p99"),
        )
        if number == 2:
            run.report.row(
                "  two beside one", "", "", Bar(mine.per_second / alone, 1.5, "x one worker", "at least")
            )
