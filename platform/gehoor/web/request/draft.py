"""A draft: pages that follow the working files. Every page says so, and shows what is wrong in the files on top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask import Flask, g, render_template, request

from gehoor.web.request.site import now

COOKIE = "gehoor-concept"
"""A name of its own: a draft on another port of the same computer signs nobody out of the real register."""


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """What is wrong in a file: where (file:line:column), the code, and the sentence. A warning stops nothing."""

    place: str
    code: str
    sentence: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class DraftState:
    """How the working files stand. ``serves``: there is something to show, from now or from before the errors."""

    problems: tuple[DraftProblem, ...]
    serves: bool
    proposal: str = ""
    """The title of the proposal that is tried; empty: they are the files of a folder."""

    @property
    def errors(self) -> int:
        """Return how many problems stop something."""
        return sum(not problem.warning for problem in self.problems)


class Draft(Protocol):
    """The working files behind the pages."""

    def state(self, now: datetime) -> DraftState:
        """Look at the files, take over what changed since the last time, and say how they stand."""
        ...


def install(app: Flask, draft: Draft) -> None:
    """Let every request look at the files first."""

    def look() -> tuple[str, int] | None:
        if request.endpoint == "static":
            return None
        g.draft = draft.state(now())
        return None if g.draft.serves else (render_template("draft_problems.html"), 503)

    app.before_request(look)
    app.context_processor(lambda: {"draft": g.get("draft")})
