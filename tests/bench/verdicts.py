"""What a verdict takes while somebody types: 500 keystrokes in the files of De Linde, one after another."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from gehoor.adapters.sandbox.child import Limits
from gehoor.adapters.sandbox.workers import ConfinedWorkers
from gehoor.bootstrap.checking.outside import STEPS
from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.bootstrap.drafting.folder import sources_in
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.support.places import CHECKOUT

_ORGANISATION = "de-linde"
_CHILD = "gehoor.bootstrap.drafting.drafting_child"
_MEMORY = 384 * 1024 * 1024
_BAR = 300
_KINDS = {
    "organisatie": "roles, rights and the organisation",
    "termijnen": "terms",
    "verloop": "milestones and phases",
    "klacht": "kinds and questions",
    "kanalen": "channels",
    "kinderopvang": "laws",
    "bestuursdecreet": "laws",
}
_WORD = re.compile(rb"[a-z]{4,}")
_NUMBER = re.compile(rb"(?<![\w.-])\d{1,2}(?![\w.:-])")


@dataclass(frozen=True)
class Keystroke:
    """A file as it is after a key was pressed."""

    file: str
    content: bytes


def verdicts(run: Run) -> None:
    """Print what a verdict takes, in time of the processor and by the clock, for 95 of 100 keystrokes."""
    sources = sources_in(CHECKOUT, (_ORGANISATION,)).sources[_ORGANISATION]
    drafter = ConfinedDrafter(ConfinedWorkers(_CHILD, Limits(STEPS, _MEMORY), most=1))
    try:
        started = time.perf_counter()
        drafter.judge(sources, _ORGANISATION)
        run.report.row("the first verdict, the child's start with it", _ms(time.perf_counter() - started))
        typed = list(keystrokes(sources, run.less(500)))
        used, waited = [], []
        for one in typed:
            before, started = _children(), time.perf_counter()
            drafter.judge({**sources, one.file: one.content}, _ORGANISATION)
            waited.append((time.perf_counter() - started) * 1000)
            used.append((_children() - before) * 1000)
    finally:
        drafter.workers.close()
    for name, costs in (("of the processor", used), ("by the clock", waited)):
        most = quantiles(costs, n=20)[-1]
        run.report.row(
            f"a verdict, {name}, 95 of 100 keystrokes",
            f"{most:.0f} ms",
            f"median {median(costs):.0f} ms, most {max(costs):.0f} ms",
            Bar(most, _BAR, "ms"),
        )
    kinds: dict[str, list[float]] = {}
    for one, cost in zip(typed, used, strict=True):
        kinds.setdefault(kind_of(one.file), []).append(cost)
    for kind, costs in sorted(kinds.items(), key=lambda one: -len(one[1])):
        most = quantiles(costs, n=20)[-1] if len(costs) > 1 else costs[0]
        run.report.row(
            f"of the processor, {kind}",
            f"{most:.0f} ms",
            f"{len(costs)} keystrokes, median {median(costs):.0f} ms, most {max(costs):.0f} ms",
        )


def kind_of(file: str) -> str:
    """Return what a file of De Linde is about."""
    folder, _, name = file.rpartition("/")
    if folder.endswith(("brieven", "afdelingen")):
        return "letters" if folder.endswith("brieven") else "departments"
    if file.startswith("forms/"):
        return "code lists" if name.startswith("codelijsten") else "forms"
    return _KINDS.get(name.partition(".")[0], "rules" if file.startswith("rules/") else "other")


def keystrokes(sources: Mapping[str, bytes], number: int) -> Iterator[Keystroke]:
    """Yield what files become by one key, the same each time: a letter in a word, a letter less, another digit, a line
    that is gone. What is typed next begins with the files as they were."""
    chance = random.Random(13)
    files = sorted(sources)
    weights = [len(sources[file]) for file in files]
    while number:
        file = chance.choices(files, weights)[0]
        changed = _typed(sources[file], chance)
        if changed != sources[file]:
            number -= 1
            yield Keystroke(file, changed)


def _typed(content: bytes, chance: random.Random) -> bytes:
    act = chance.randrange(4)
    if act == 3:
        lines = content.splitlines(keepends=True)
        del lines[chance.randrange(len(lines))]
        return b"".join(lines)
    places = list((_NUMBER if act == 2 else _WORD).finditer(content))
    if not places:
        return content
    place = chance.choice(places)
    if act == 2:
        return content[: place.start()] + b"%d" % chance.randrange(1, 30) + content[place.end() :]
    at = chance.randrange(place.start() + 1, place.end())
    return content[:at] + (b"" if act else b"e") + content[at + act :]


def _children() -> float:
    """Return the seconds of the processor that the children used so far, those that still run with them."""
    ticks, own = 0, os.getpid()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == own:
            ticks += int(fields[11]) + int(fields[12])
    ended = os.times()
    return ticks / os.sysconf("SC_CLK_TCK") + ended.children_user + ended.children_system


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
