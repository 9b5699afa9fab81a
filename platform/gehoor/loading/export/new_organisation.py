"""The first files of an organisation, from a few answers: as little as works, with what it means beside it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from ruamel.yaml import YAML

from gehoor.loading.keywords.durations import canonical_duration, duration_hint, is_duration, typed_duration
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary
from gehoor.loading.source.files import is_id

_FOLDER: Final = files("gehoor") / "beginning"
_ORGANISATION: Final = "ORGANISATION"
_DEPARTMENT: Final = "DEPARTMENT"
"""In the name of a file: one for each department."""
_PLACE: Final = re.compile(r"@(?:\{([a-z-]+)\}|([a-z][a-z-]*))")
_PLAIN: Final = re.compile(r"[^\W\d_][\w ./-]*\w|\d+ [^\W\d_][\w ]*\w")
"""What needs no quotes in YAML, also between braces: words, or a number and words."""
_CODE_LENGTH: Final = 3


class AnswerError(ValueError):
    """An answer that no files can be made with. ``question``: its name; ``value``: what was answered."""

    def __init__(self, question: str, value: str) -> None:
        super().__init__(f"{question}: {value!r}")
        self.question = question
        self.value = value


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of who begins. ``default``: what holds without an answer; ``means``: where only some answers can be
    given, what each of them says in the files; ``lasts``: whether it is answered with a duration."""

    name: str
    ask: str
    default: str
    means: Mapping[str, Mapping[str, str]]
    lasts: bool = False


def questions() -> tuple[Question, ...]:
    """Return what is asked, in order."""
    asked: Mapping[str, Any] = YAML(typ="safe", pure=True).load(
        _FOLDER.joinpath("questions.yaml").read_text("utf-8")
    )
    return tuple(
        Question(name, one["ask"], one["default"], one.get("means") or {}, bool(one.get("lasts")))
        for name, one in asked.items()
    )


def no_durations(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the questions that ask a duration and are answered with something else, each with what may be meant."""
    words = load_vocabulary(DEFAULT_LANGUAGE)
    asked = {one.name: typed_duration(answers.get(one.name, ""), words) for one in questions() if one.lasts}
    return {
        name: duration_hint(text, words).strip()
        for name, text in asked.items()
        if text and not is_duration(canonical_duration(text, words))
    }


def organisation_id(name: str) -> str:
    """Return the id of an organisation or department of this name: what its folder or file is called."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(
        r"[^a-z0-9]+", "-", "".join(sign for sign in plain if not unicodedata.combining(sign))
    ).strip("-")


def first_files(answers: Mapping[str, str], today: date, taken: Iterable[str] = ()) -> dict[str, str]:
    """Return the text of each file, by its name relative to a workspace.

    ``answers``: by the name of the question; what is left out has its default. ``taken``: the codes of departments that
    are there already. A line that needs an answer that is empty is left out. Raises ``AnswerError``.
    """
    given = {one.name: answers.get(one.name, "").strip() or one.default for one in questions()}
    words = load_vocabulary(DEFAULT_LANGUAGE)
    given |= {one.name: typed_duration(given[one.name], words) for one in questions() if one.lasts}
    own = _id("name", given["name"])
    departments = {_id("departments", name): name for name in _several(given["departments"])}
    if not departments:
        raise AnswerError("departments", given["departments"])
    values = {name: scalar(answer) for name, answer in given.items()}
    values |= {f"if-{name}": " " if answer else "" for name, answer in given.items()}
    said: dict[str, str] = {}
    for one in questions():
        if one.means and given[one.name] not in one.means:
            raise AnswerError(one.name, given[one.name])
        said |= one.means.get(given[one.name], {})
    values |= said
    values["id"], values["today"] = own, today.isoformat()
    values["departments"] = _list(departments)
    values["agreed-by"] = _list(_several(given["agreed-by"]))
    made: dict[str, str] = {}
    for path, text in _texts(_FOLDER, ""):
        file = path.replace(_ORGANISATION, own)
        if _DEPARTMENT not in file:
            made[file] = filled_in(text, values, said)
            continue
        codes = list(taken)
        for department, name in departments.items():
            codes.append(_code(department, codes))
            more = {"department": scalar(name), "code": scalar(codes[-1])}
            made[file.replace(_DEPARTMENT, department)] = filled_in(text, values | more, said)
    return made


def department_file(organisation: str, name: str, taken: Iterable[str]) -> tuple[str, str, str]:
    """Return the id of a department more, and its file: the name, relative to a workspace, and the text. ``taken``: the
    codes that departments have already. Raises ``AnswerError``."""
    made = _id("name", name)
    values = {"department": scalar(name), "code": scalar(_code(made, list(taken)))}
    path, text = next((path, text) for path, text in _texts(_FOLDER, "") if _DEPARTMENT in path)
    file = path.replace(_ORGANISATION, organisation).replace(_DEPARTMENT, made)
    return made, file, filled_in(text, values)


def _texts(folder: Traversable, path: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            found += _texts(entry, f"{path}{entry.name}/")
        elif path:
            found.append((f"{path}{entry.name}", entry.read_text("utf-8")))
    return found


def filled_in(text: str, values: Mapping[str, str], optional: Collection[str] = ()) -> str:
    """Return a text with each ``@name`` or ``@{name}`` in it replaced by that value. A line that needs a value that is
    empty, and not ``optional``, is left out; ``@{if-name}`` says nothing else."""
    lines = []
    for line in text.splitlines():
        named = [braced or bare for braced, bare in _PLACE.findall(line)]
        if all(values[name] for name in named if name not in optional):
            lines.append(_PLACE.sub(lambda found: values[found[1] or found[2]], line).rstrip())
    # A group of which nothing is left goes too.
    kept = [
        line
        for line, below in zip(lines, [*lines[1:], ""], strict=True)
        if not line.endswith(":") or _indent(below) > _indent(line)
    ]
    return "\n".join([*kept, ""])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _several(answer: str) -> list[str]:
    return [part.strip() for part in answer.split(",") if part.strip()]


def _id(question: str, name: str) -> str:
    made = organisation_id(name)
    if not is_id(made):
        raise AnswerError(question, name)
    return made


def _code(department: str, taken: list[str]) -> str:
    """Return a short code for the numbers of dossiers that no other department has."""
    letters = re.sub(r"[^a-z]", "", department).upper() or "X"
    begin = letters[: _CODE_LENGTH - 1]
    # The next letters of its name say more than a number.
    own = [begin + last for last in letters[_CODE_LENGTH - 1 :]] or [letters]
    code, count = next((one for one in own if one not in taken), own[0]), 1
    while code in taken:
        count += 1
        code = f"{letters[: _CODE_LENGTH - 1]}{count}"
    return code


def _list(names: Any) -> str:
    return f"[{', '.join(map(scalar, names))}]"


def scalar(text: str) -> str:
    """Write a text so that YAML reads the same text; nothing for nothing."""
    if not text or _PLAIN.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)
