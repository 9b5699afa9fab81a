"""What a complaint takes on disk, and a worker in memory."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from gehoor.adapters.security.passwords import Argon2Hasher
from gehoor.services.accounts.accounts import add_account
from gehoor.services.ports.records import Account
from tests.bench.filling import ELS, filled
from tests.bench.house import embedded, submit
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.bench.sites import gehoor, signed_in, visit

_PASSWORD = "een wachtwoord voor de meting"
_HEAVY = ("", "?soort=klacht", "?bladzijde=180", "?lijst=late", "?lijst=week")


def sizes(run: Run) -> None:
    """Print how many bytes a complaint of four answers takes, and which tables hold them."""
    file = run.folder / "sizes.db"
    runtime = embedded(run.folder, file.name)
    submit(runtime, "first")
    before, number = _bytes(file), run.less(2_000)
    for one in range(number):
        submit(runtime, f"size{one}")
    after = _bytes(file)
    runtime.store.close()
    whole = sum(after.values()) - sum(before.values())
    run.report.row(
        "a complaint of 4 answers", f"{whole / number:,.0f} bytes", "", Bar(whole / number / 1000, 5, "kB")
    )
    grown = sorted(((after[name] - before.get(name, 0), name) for name in after), reverse=True)
    for grew, name in grown[:8]:
        run.report.note(f"{grew / number:>8,.0f} bytes  {name}")


def _bytes(file: Path) -> dict[str, int]:
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try:
            return dict(database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
        except sqlite3.OperationalError:
            (pages,), (size,) = (
                database.execute(f"PRAGMA {asked}").fetchone() for asked in ("page_count", "page_size")
            )
            return {"all": pages * size}


def memory(run: Run) -> None:
    """Print what a worker takes at its start, and after the heaviest pages of a full register."""
    for size in (run.sizes[0], run.sizes[-1]):
        runtime = filled(run.folder, size, 100, "memory")
        add_account(runtime, Argon2Hasher(), Account("els", "Els", "", "", ELS.roles), _PASSWORD)
        runtime.store.close()
        with gehoor(run.folder / f"memory-filled-{size}-100.db") as server:
            at_start = max(server.memory())
            headers = signed_in(server, "els", _PASSWORD)
            for asked in _HEAVY * run.less(20):
                visit(server, f"/medewerker/{asked}", headers)
            after = max(server.memory())
        run.report.row(
            f"a worker with {size:,} dossiers",
            f"{after:.0f} MB",
            f"at its start {at_start:.0f} MB",
            Bar(after, 170, "MB"),
        )
