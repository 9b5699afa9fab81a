"""The handbook as data: what a page shows between fences, and what each of them is, by the words behind the fence.

=========  =========================================================================================================
``yaml``   ``in=FILE#a.b``: somebody writes this there, in a file that is there or is new. ``adds``: a list in it comes
           behind the one that is there. ``replaces``: each word of it takes the place of what was there.
           ``before=WORD``: what is new in it comes before that word.
           ``shows=FILE#a.b``: this stands there by now. ``piece-of=...``: shown for its form, and of what it is a part
``json``   ``in=FILE``: somebody makes this file
``sh``     somebody runs this. ``refused``: it does not succeed. ``stays``: it runs until somebody stops it; only its
           words are tried
``text``   what the commands just before it print, with ``...`` for what may differ, or ``files``: what is there
=========  =========================================================================================================

A comment of HTML does what a reader has done already, or sees otherwise: ``<!-- workspace: empty -->``,
``<!-- now: MOMENT -->``, ``<!-- run: gehoor ... -->``, ``<!-- file: NAME CONTENT -->`` and, for a word in commands
after it that stands for something printed before, ``<!-- WORD: PATTERN -->``.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.places import CHECKOUT

HANDBOOK = CHECKOUT / "docs" / "handleiding"

_MARKS = {
    "yaml": ({"in", "shows", "piece-of"}, {"adds", "replaces", "before"}),
    "json": ({"in"}, set()),
    "sh": (set(), {"refused", "stays"}),
    "text": (set(), {"files"}),
    "comment": (set(), set()),
}
_FENCE = re.compile(r"^( *)```(\S*)(.*)$")
_COMMENT = re.compile(r"^<!-- ([A-Za-z]+): (.+) -->$")


@dataclass(frozen=True)
class Shown:
    """Something that a page shows: the line where it begins, what stands behind the fence, and what is within."""

    page: str
    line: int
    kind: str
    marks: dict[str, str]
    text: str

    @property
    def place(self) -> str:
        """Return where it stands."""
        return f"{self.page}:{self.line}"

    def target(self, mark: str) -> tuple[str, list[str]]:
        """Return the file and the words within it that a mark names."""
        file, _, within = self.marks[mark].partition("#")
        return file, within.split(".") if within else []


class UncheckedError(Exception):
    """Something is shown of which nothing says how it is checked."""


def pages() -> list[Path]:
    """Return the pages of the handbook."""
    return sorted(HANDBOOK.rglob("*.md"))


def shown(page: str, text: str) -> Iterator[Shown]:
    """Yield what a page shows, in order. Raises ``UncheckedError``."""
    lines = iter(enumerate(text.splitlines(), start=1))
    for number, line in lines:
        if comment := _COMMENT.match(line):
            yield Shown(page, number, "comment", {"does": comment[1]}, comment[2])
        if not (fence := _FENCE.match(line)):
            continue
        margin, kind, said = fence.groups()
        held = []
        for _, within in lines:
            if within.strip() == "```":
                break
            held.append(within.removeprefix(margin))
        found = Shown(page, number, kind, _marks(said), "".join(f"{one}\n" for one in held))
        if problem := _unchecked(found):
            raise UncheckedError(f"{found.place}: {problem}")
        yield found


def _marks(said: str) -> dict[str, str]:
    return {mark: value for mark, _, value in (word.partition("=") for word in shlex.split(said))}


def _unchecked(found: Shown) -> str:
    if found.kind not in _MARKS:
        return f"nothing knows how to check '{found.kind}'; known are yaml, json, sh and text"
    one_of, others = _MARKS[found.kind]
    if strange := set(found.marks) - one_of - others:
        return f"unknown: {', '.join(sorted(strange))}"
    if one_of and len(one_of & set(found.marks)) != 1:
        return f"say one of {', '.join(sorted(one_of))} behind the fence"
    if any(not found.marks.get(mark, "-") for mark in one_of):
        return "say which"
    return ""
