"""A director of stories: each says at which moment it goes on and what is done then; all are told in order of time."""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from tests.replay import use_cases as uses
from tests.replay.commands import Result
from tests.replay.player import Entry, Player
from tests.support.clock import at

Story: TypeAlias = Generator[str, None, None]
"""What is done, with at each stop the local moment at which it goes on: ``2026-05-12 14:00``."""


ZONE = ZoneInfo("Europe/Brussels")
"""Where the stories are told; it is as late where Waterhof is."""


def local(moment: datetime) -> str:
    """Return a moment as stories say it."""
    return moment.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


@dataclass
class Director:
    """Has commands played at the moment that it is, and keeps what each came to."""

    player: Player
    entries: list[Entry] = field(default_factory=list)
    now: datetime = field(default_factory=lambda: at("2026-01-05 08:00"))

    def do(self, verb: str, **command: Any) -> Result:
        """Have something done now; returns what came of it."""
        whole = {"do": verb, "at": uses.instant_text(self.now), **command}
        self.entries.append(self.player.play({name: one for name, one in whole.items() if one is not None}))
        result: Result = self.entries[-1]["result"]
        return result

    def fill(self, dossier: str, by: str, /, behind: int = 0, reason: str = "", **answers: Any) -> Result:
        """Have a dossier filled in by someone who saw it as it is, or so many events ago."""
        version = max(self.version(dossier) - behind, 1)
        why = {"reason": reason} if reason else {}
        return self.do("fill", dossier=dossier, by=by, version=version, answers=answers, **why)

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    def working(self, where: tuple[str, str], people: Sequence[str]) -> list[str]:
        """Return those of some people who work in a department now: only they get to its pages."""
        places = ("/".join(where), f"{where[0]}/*")
        with uses.reading(self.player.stage.runtime.store) as register:
            accounts = {one.name: one for one in register.accounts() if one.active}
        return [
            name
            for name in people
            if name in accounts and any(role.partition(":")[0] in places for role in accounts[name].roles)
        ]

    def version(self, dossier: str) -> int:
        return self.player.dossiers[dossier].version

    def decision(self, dossier: str) -> tuple[uses.Agreement, uses.Dossier, uses.Decision]:
        """Return what holds for a dossier now, for a story that goes on from there."""
        runtime = self.player.stage.runtime
        with uses.reading(runtime.store) as register:
            found = register.dossier(dossier)
            agreement = runtime.library.agreement(register, found.agreement)
        return agreement, found, uses.decide(agreement, found, self.now, runtime.engine)

    def tell(self, stories: Iterable[Story]) -> None:
        """Tell stories at once, until each is at its end."""
        waiting = [(at(next(story)), order, story) for order, story in enumerate(stories)]
        heapq.heapify(waiting)
        while waiting:
            self.now, order, story = heapq.heappop(waiting)
            going_on = next(story, None)
            if going_on is not None:
                heapq.heappush(waiting, (max(at(going_on), self.now), order, story))
