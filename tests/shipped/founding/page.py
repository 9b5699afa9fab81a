"""The page with each sentence of the founding text beside what makes it work.

``python -m tests.shipped.founding.page > docs/founding-text.md``
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from textwrap import wrap

from tests.shipped.founding.places import PLATFORM, line_of, line_of_proof
from tests.shipped.founding.sentences import Sentence, sentences

COMMAND = "python -m tests.shipped.founding.page > docs/founding-text.md"

_INTRODUCTION = """\
# The founding text, sentence by sentence

Gehoor began with a text of eight steps about handling complaints. Here is each of its sentences, what it comes to, the
lines in the files of the examples that say so, and the tests and examples that show it. A sentence that asks several
things stands here once for each, with the part in brackets. *Gehoor itself* is what holds whatever the files say.

{counts}

Made by `{command}` from `tests/shipped/founding/sentences.csv`.
"""

_WIDTH = 118


def founding_page() -> str:
    """Return the page."""
    told = sentences()
    whole = [one for one in told if not one.missing and not one.waits]
    partly = [one for one in told if one.missing and not one.waits]
    lacking = f" Of {len(partly)} a part is missing, which is said there: {_refs(partly)}." if partly else ""
    counts = f"Of {len(told)}, {len(whole)} hold as asked.{lacking}"
    parts = [_INTRODUCTION.format(counts=_wrapped(counts), command=COMMAND)]
    parts += ["\n".join(_section(one)) for one in told]
    return "\n".join(parts)


def _refs(some: list[Sentence]) -> str:
    # The address of a heading is its text without dots.
    return ", ".join(f"[{one.ref}](#{one.ref.replace('.', '')})" for one in some)


def _section(one: Sentence) -> Iterator[str]:
    yield f"{'##' if one.ref.isdecimal() else '###'} {one.ref}"
    yield ""
    yield _wrapped(f"> {one.text}", "> ")
    yield ""
    yield _wrapped(one.here)
    yield ""
    yield _listed("Where", map(_place, one.places))
    yield _listed("Shown by", map(_proof, one.proofs))
    if one.missing:
        yield _wrapped(f"* **Missing:** {one.missing}", "  ")
    if one.waits:
        yield _wrapped(f"* **Waits for figures:** {one.waits}", "  ")
    yield ""


def _wrapped(text: str, indent: str = "") -> str:
    lines = wrap(text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)


def _listed(what: str, items: Iterable[str]) -> str:
    return f"* {what}:\n  " + ",\n  ".join(items)


def _place(place: str) -> str:
    if place == PLATFORM:
        return "Gehoor itself"
    file, _, key = place.partition(":")
    line = line_of(place)
    return f"[{file}:{line}](../{file}#L{line}) `{key}`"


def _proof(proof: str) -> str:
    file, _, name = proof.partition("::")
    if not file.endswith(".py"):
        return f"example [{name}](../{file}#L{line_of_proof(proof)})"
    # Without its line: tests move more often than what they say.
    return f"[{name.replace('_', ' ').removeprefix('test ')}](../{file})"


if __name__ == "__main__":
    sys.stdout.write(founding_page())
