"""A clock that is days off, jumps, or changes for summer and winter: each miss is told once, each number drawn once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.services.jobs.sweep import sweep
from gehoor.services.messages.sending import deliver
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, open_by_phone, staff
from tests.support.faults import Tell
from tests.support.paper_post import PaperPost

BEGIN, END = at("2026-05-12 14:00"), at("2026-09-01 09:00")
FLAGGED = (EventKind.DEADLINE_MISSED, EventKind.ESCALATED)


def flagged(runtime: Runtime) -> list[tuple[str, str, str, int]]:
    """Every term that was said to be late: of which dossier, which, since when, and how many people above."""
    with reading_projection(runtime) as register:
        ids = [one["id"] for one in register.tables.select("dossiers")]
        return sorted(
            (name, event.data["term"], event.data["due"], int(event.data["level"]))
            for name in ids
            for event in register.events(name)
            if event.kind in FLAGGED
        )


def begun(when: str = "2026-05-12 14:00", dossiers: int = 3) -> Runtime:
    runtime = de_linde()
    for role in ("klachtenbehandelaar", "kwaliteitscoordinator", "directie"):
        staff(runtime, role, role)
    for _ in range(dossiers):
        open_by_phone(runtime, when)
    return runtime


def swept(runtime: Runtime, moments: list[datetime]) -> int:
    """Sweep and send at each moment; returns how many messages went out."""
    post = PaperPost()
    for moment in moments:
        sweep(runtime, moment)
        deliver(runtime, post, lambda now=moment: now)  # type: ignore[misc]
    keys = Counter(post.sent)
    assert set(keys.values()) <= {1}, "told twice"
    return len(keys)


def straight(hours: int = 12, begin: datetime = BEGIN, end: datetime = END) -> list[datetime]:
    return [
        begin + timedelta(hours=hours * step)
        for step in range(int((end - begin) / timedelta(hours=hours)) + 1)
    ]


@pytest.mark.parametrize("tries", [5, pytest.param(300, marks=pytest.mark.soak)])
def test_a_clock_that_is_off_or_jumps_misses_nothing_and_tells_nothing_twice(tries: int, fault: Tell) -> None:
    wanted = begun()
    swept(wanted, straight())
    expected = flagged(wanted)
    assert len(expected) > 10
    sweeps = 0
    for seed in range(tries):
        chance = Random(seed)
        off = [moment + chance.choice((-2, -1, 0, 0, 0, 1, 2)) * timedelta(days=1) for moment in straight()]
        # At the end it is right again: until then it may be two days behind.
        moments = [moment for moment in off if moment <= END]
        runtime = begun()
        # A reminder that would come too late is not sent, so how many messages there are may differ.
        swept(runtime, [*moments, END])
        assert flagged(runtime) == expected
        sweeps += len(moments)
    fault("sweeps with a clock days off, forward and back", sweeps, "misses lost or told twice")


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"])
def test_through_the_night_in_which_the_clock_changes(night: str, fault: Tell) -> None:
    """Each minute of it, and again with an hour's jump back, as a computer that keeps local time would."""
    middle = datetime.fromisoformat(f"{night}T01:00:00").replace(tzinfo=UTC)
    begin = middle - timedelta(days=20)
    minutes = [middle + timedelta(minutes=10 * step) for step in range(-24, 25)]
    again = [moment - timedelta(hours=1) for moment in minutes]
    once, twice = begun(begin.date().isoformat() + " 14:00"), begun(begin.date().isoformat() + " 14:00")
    end = middle + timedelta(days=60)
    around = straight(12, begin + timedelta(days=1), middle - timedelta(hours=5))
    told = swept(once, [*around, *minutes, end])
    jumping = sorted([*minutes, *again], key=lambda moment: (moment.minute, moment))
    assert swept(twice, [*around, *jumping, end]) == told
    assert flagged(twice) == flagged(once)
    fault(f"sweeps through the night of {night}", len(jumping) + len(minutes), "misses lost or told twice")


def test_at_the_turn_of_the_year_numbers_follow_the_local_year_without_gap_or_double(fault: Tell) -> None:
    runtime, chance = de_linde(), Random(1)
    middle = at("2027-01-01 00:00")
    # Forward and back over the turn of the year: each dossier counts in the year it is opened in.
    moments = [middle + timedelta(seconds=chance.randint(-7200, 7200)) for _ in range(60)]
    moments += [middle - timedelta(microseconds=1), middle]
    opened = [(moment, open_by_phone(runtime, _local(moment)).number) for moment in moments]
    years = {"2026": 0, "2027": 0}
    for moment, number in opened:
        year = "2027" if moment >= middle else "2026"
        years[year] += 1
        assert number == f"BEU-{year}-{years[year]:04}"
    with reading(runtime.store) as register:
        assert {one["last"] for one in register.tables.select("counters")} == set(years.values())
    fault("numbers drawn with a clock that jumps over the turn of the year", len(opened), "gaps or doubles")


def _local(moment: datetime) -> str:

    return moment.astimezone(ZoneInfo("Europe/Brussels")).replace(tzinfo=None).isoformat(sep=" ")
