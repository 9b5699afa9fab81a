"""One thing added to the files of an organisation, in its usual shape and at its place; all else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.loading.export.new_organisation import AnswerError, filled_in, organisation_id, scalar
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE
from gehoor.loading.source.files import is_id
from gehoor.loading.source.nodes import MappingNode, Member
from gehoor.loading.source.yaml import read_yaml
from gehoor.loading.workspace.department import assemble
from gehoor.loading.workspace.file import LoadedFile
from gehoor.loading.workspace.organisation import OrganisationFiles, load_organisation

_NOTICES: Final = ("reminder", "late", "notification")
"""The messages to staff that have a letter, as the keywords of the files."""
_ANSWER: Final = "antwoord"
"""What the term for the answer is held against, or called."""
_FIELDS: Final = "properties"
_MEANT: Final = ("field-complainant-name", "field-received-on", "field-judgement")
"""The fields that a part may tell of, by what they mean; an empty text where there is none."""
_INDENT: Final = "  "
_NEW_RULES: Final = "# Als dit, dan dat, omdat.\ntaal: nl\n"


class NoPlaceError(Exception):
    """A file in which there is no place to add to. ``file``: which; ``reason``: why, as a code."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Part:
    """What can be added. ``ask``: what may be said of it, with what else holds; ``as_is``: which of that is YAML."""

    name: str
    title: str
    ask: Mapping[str, str]
    as_is: frozenset[str]
    at: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Added:
    """The text of a file with something added, and the line on which that begins."""

    file: str
    text: str
    line: int


@cache
def parts() -> Mapping[str, Part]:
    """Return what can be added, by name."""
    text = (files("gehoor") / "beginning" / "parts.yaml").read_text("utf-8")
    found: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return {
        name: Part(name, one["title"], one["ask"], frozenset(one.get("as-is", ())), tuple(one["at"]))
        for name, one in found.items()
    }


def added(workspace: Path, organisation: str, part: Part, name: str, said: Mapping[str, str]) -> list[Added]:
    """Return the files with a part of this name in them. ``said``: what is said of it, in the words of ``Part.ask``.

    Raises ``AnswerError`` for a name that gives no id or a word that is not asked, and ``NoPlaceError``.
    """
    unknown = next((word for word in said if word not in part.ask), None)
    made = organisation_id(name)
    if unknown is not None or not is_id(made):
        raise AnswerError(*((unknown, said[unknown]) if unknown is not None else ("name", name)))
    loaded = load_organisation(workspace, organisation)
    names = known_names(loaded)
    known = {
        "notice": _notice(loaded, made),
        "id": made,
        "key": made.replace("-", "_"),
        "organisation": organisation,
        **names,
    }
    values = {**known, "name": scalar(name), "done": scalar(f"{name}: gedaan op")}
    for word, default in part.ask.items():
        given = said.get(word) or filled_in(default, known).strip()
        values[word] = given if word in part.as_is else scalar(given)
    found: dict[str, Added] = {}
    for place in part.at:
        if said.get(place.get("unless", "")):
            continue
        text = filled_in(place["text"], values).rstrip("\n")
        for one in _placed(workspace, loaded, place, text, values):
            found[one.file] = one
    return list(found.values())


def _notice(loaded: OrganisationFiles, name: str) -> str:
    """Return which message a letter of this name is for: the one that is called so, else the first without a letter."""
    main = loaded.main["organisation"]
    words = {main.vocabulary.word(notice): notice for notice in _NOTICES}
    given = main.canonical.data.get("notices") or {}
    free = [word for word, notice in words.items() if notice not in given]
    return name if name in words else next(iter(free), next(iter(words)))


def known_names(loaded: OrganisationFiles) -> dict[str, str]:
    """Return what the agreements already say that a part may need: the first role, milestone and kind, and so on."""
    whole = assemble(loaded, next(iter(loaded.departments)), []).data if loaded.departments else {}
    milestones = whole.get("milestones") or {}
    closing = {name for name, one in milestones.items() if one.get("closes")}
    phases = [name for name, one in (whole.get("phases") or {}).items() if one.get("done-at") not in closing]
    fields = ((whole.get("forms") or {}).get(DOSSIER_FORM) or {}).get("properties") or {}
    kind = next((name for name, one in fields.items() if one.get("meaning") == "message-kind"), "")
    every = list(whole.get("phases") or {})
    answering = (
        one for name, one in (whole.get("terms") or {}).items() if _ANSWER in (name, one.get("held-against"))
    )
    answered = next((str(one["until"]) for one in answering if "until" in one), "")
    letters = (whole.get("correspondence") or {}).values()
    return {
        **{f"phase:{name}": name for name in every},
        **{f"milestone:{name}": name for name in milestones},
        **{f"before:{name}": _done_in(name, whole, fields) for name in every},
        **dict.fromkeys(_MEANT, ""),
        **{
            f"field-{meaning.replace('.', '-')}": name
            for name, one in fields.items()
            if (meaning := str(one.get("meaning", "")))
        },
        "role": next(iter(whole.get("roles") or {}), ""),
        "milestone": next(iter(milestones), ""),
        "phase": phases[-1] if phases else "",
        "first-phase": every[0] if every else "",
        "last-phase": every[-1] if every else "",
        "answered": answered,
        "to-answer": "" if any(one.get("reached") == answered for one in letters) else answered,
        "kind": next(iter(whole.get("kinds") or {}), ""),
        "kind-field": kind,
        "closing": next(iter(name for name in milestones if name in closing), ""),
    }


def _done_in(phase: str, whole: Mapping[str, Any], fields: Mapping[str, Any]) -> str:
    """Return the field of a phase with which that is done; empty: it is done with one that stands elsewhere."""
    done = ((whole.get("phases") or {}).get(phase) or {}).get("done-at")
    field = str(((whole.get("milestones") or {}).get(done) or {}).get("field", ""))
    return field if (fields.get(field) or {}).get("phase") == phase else ""


def _placed(
    workspace: Path, loaded: OrganisationFiles, place: Mapping[str, Any], text: str, values: Mapping[str, str]
) -> Iterator[Added]:
    if "file" in place:
        file = filled_in(place["file"], values).strip()
        if (workspace / file).exists():
            raise NoPlaceError(file, "exists")
        yield Added(file, f"{text}\n", 1)
        return
    there = _file(loaded, place["in"])
    if there is None:
        # Rules are the one thing that an organisation can be without.
        new = f"rules/{loaded.id}/regels.yaml"
        yield Added(new, f"{_NEW_RULES}regels:\n{_indented(text, _INDENT)}\n", 3)
        yield _inserted(
            workspace, loaded.main["organisation"], "uses", f"regels: [{loaded.id}/regels]", before=()
        )
        return
    before = _closing(there) if place.get("before-closing") else ()
    if place["under"] == _FIELDS:
        # What marks that a phase is done, is the last that is asked in it.
        before = (values.get(f"before:{values.get('fase', '')}", ""),)
    yield _inserted(workspace, there, place["under"], text, before=before)


def _file(loaded: OrganisationFiles, kind: str) -> LoadedFile | None:
    if kind == DOSSIER_FORM:
        return loaded.forms.files.get(loaded.used_forms.get(DOSSIER_FORM, ""))
    if kind in loaded.main:
        return loaded.main[kind]
    group = loaded.terms if kind == "terms" else loaded.rules
    own = [file for name, file in group.items() if name.startswith(f"{loaded.id}/")]
    return next(iter(own or group.values()), None)


def _closing(file: LoadedFile) -> tuple[str, ...]:
    milestones = file.canonical.data.get("milestones") or {}
    return tuple(name for name, one in milestones.items() if one.get("closes"))


def _inserted(
    workspace: Path, file: LoadedFile, section: str, text: str, *, before: tuple[str, ...]
) -> Added:
    """Insert a text at the end of a section, or before the first of some of its members."""
    raw = (workspace / file.file).read_bytes()
    root = read_yaml(raw, file.file).root
    if (
        root is None
        or not file.file.endswith((".yaml", ".yml"))
        or file.vocabulary.language != DEFAULT_LANGUAGE
    ):
        raise NoPlaceError(file.file, "language" if root is not None else "unreadable")
    content = raw.decode("utf-8")
    end = "\r\n" if "\r\n" in content else "\n"
    lines = content.removesuffix(end).split(end)
    member = next((one for one in root.members if _is(one, section, file)), None)
    if member is None:
        word = section if section == _FIELDS else file.vocabulary.word(section)
        whole = end.join([*lines, f"{word}:", *_indented(text, _INDENT).split("\n"), ""])
        return Added(file.file, whole, len(lines) + 1)
    group = member.value
    if not isinstance(group, MappingNode) or lines[group.place.line - 1][group.place.column - 1] == "{":
        raise NoPlaceError(file.file, "flow")
    next_one = next((one for one in group.members if one.key in before), None)
    after = [one.place.line for one in root.members if one.place.line > member.place.line]
    at = (
        _above_remarks(lines, next_one.place.line - 1)
        if next_one
        else _end(lines, min(after, default=len(lines) + 1) - 1)
    )
    indent = " " * (group.members[0].place.column - 1)
    whole = end.join([*lines[:at], *_indented(text, indent).split("\n"), *lines[at:], ""])
    return Added(file.file, whole, at + 1)


def _is(member: Member, section: str, file: LoadedFile) -> bool:
    return section in (member.key, file.vocabulary.keyword(member.key))


def _above_remarks(lines: list[str], at: int) -> int:
    """Return before which line comes what is put before a member: remarks just above it are about that."""
    while lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return at


def _end(lines: list[str], at: int) -> int:
    """Return after which line a section ends: remarks and empty lines before the next one belong to that."""
    while at > 0 and (not lines[at - 1].strip() or re.match(r"#", lines[at - 1])):
        at -= 1
    return at


def _indented(text: str, indent: str) -> str:
    return "\n".join(f"{indent}{line}" for line in text.splitlines())
