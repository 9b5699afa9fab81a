"""Edits that somebody could make in the files of an organisation, of each kind: at random, and the same each time."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

_WORD: Final = re.compile(r"[a-z_-]{3,}")
_NUMBER: Final = re.compile(r"(?<![\w.-])\d{1,2}(?![\w.:-])")

Files = Mapping[str, str]
Edit = Callable[[str, random.Random], str]


def texts_in(folder: Path) -> Files:
    """Return the text of each definition file in a folder, by its name there."""
    found = sorted(path for path in folder.rglob("*.yaml") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}


def edited(files: Files, seed: int) -> Iterator[Files]:
    """Yield what files become, edit after edit, without end. One in four goes back to what was there before, at times
    further back; more than a few edits never pile up, so that most files stay right."""
    chance, states = random.Random(seed), [files]
    names = sorted(files)
    weights = [len(files[name]) for name in names]
    while True:
        if chance.random() < 0.25 and len(states) > 1:
            del states[-chance.randrange(1, min(4, len(states))) :]
        else:
            name = chance.choices(names, weights)[0]
            now = states[-1] if len(states) < 4 else files
            states = [*states[-3:], {**now, name: chance.choice(_EDITS)(now[name], chance)}]
        yield states[-1]


def _a_letter_less(text: str, chance: random.Random) -> str:
    at = _within(text, chance)
    return text[:at] + text[at + 1 :]


def _a_letter_more(text: str, chance: random.Random) -> str:
    at = _within(text, chance)
    return f"{text[:at]}e{text[at:]}"


def _another_number(text: str, chance: random.Random) -> str:
    found = list(_NUMBER.finditer(text))
    if not found:
        return _a_letter_more(text, chance)
    place = chance.choice(found)
    return f"{text[: place.start()]}{chance.randrange(1, 30)}{text[place.end() :]}"


def _another_word(text: str, chance: random.Random) -> str:
    """One word of the file in the place of another: what is named there is often something else that exists."""
    found = list(_WORD.finditer(text))
    place, other = chance.choice(found), chance.choice(found)
    return f"{text[: place.start()]}{other[0]}{text[place.end() :]}"


def _a_line_less(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return "".join(lines)


def _a_line_elsewhere(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    return "".join(lines)


def _a_line_twice(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    return "".join([*lines[:at], lines[chance.randrange(len(lines))], *lines[at:]])


def _a_thing_less(text: str, chance: random.Random) -> str:
    """A line goes with all that stands below it."""
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    end = at + 1
    while end < len(lines) and (_depth(lines[end]) > _depth(lines[at]) or not lines[end].strip()):
        end += 1
    return "".join([*lines[:at], *lines[end:]])


_EDITS: Final[tuple[Edit, ...]] = (
    _a_letter_less,
    _a_letter_more,
    _another_number,
    _another_number,
    _another_word,
    _another_word,
    _a_line_less,
    _a_line_elsewhere,
    _a_line_twice,
    _a_thing_less,
)


def _within(text: str, chance: random.Random) -> int:
    place = chance.choice(list(_WORD.finditer(text)))
    return chance.randrange(place.start(), place.end())


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
