"""A sheet that was filled in, as an edit of its file: only what was answered otherwise changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent
from typing import Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.proposals.sheets import Control, Kind, Shape
from gehoor.core.proposals.sources import department_of
from gehoor.loading.editing.edits import added as with_member
from gehoor.loading.editing.edits import changed, moved, with_item, without
from gehoor.loading.editing.spans import NoSpansError, Scalar, Series, node_at, spans_of
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.editing.values import Value, Word, means_more, value_of
from gehoor.loading.export.additions import NoPlaceError, added, parts
from gehoor.loading.export.new_organisation import AnswerError, organisation_id
from gehoor.loading.keywords.descriptions import load_descriptions
from gehoor.loading.keywords.inventory import group_below
from gehoor.loading.keywords.meta_schemas import resolve
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE
from gehoor.loading.merge.canonical import meant
from gehoor.loading.sheets.conditions import Filling, begun, is_condition, with_rows
from gehoor.loading.sheets.known_names import KnownNames
from gehoor.loading.sheets.places import Found, NoSheetError, Source, place, source_of
from gehoor.loading.sheets.sheet import section_path, sheet
from gehoor.loading.workspace.department import assemble
from gehoor.loading.workspace.organisation import load_organisation

_USUAL: Final[Mapping[str, str]] = {
    "roles": "role",
    "channels": "channel",
    "terms": "term",
    "rules": "rule",
    "properties": "field",
}
"""What is added in its usual shape, by the keyword that it stands under."""


_EMPTY: Final[Mapping[str, Value]] = {"object": {}, "array": []}


class FillError(ValueError):
    """What was filled in cannot be written. ``word``: at which keyword; ``reason``: why, as a code."""

    def __init__(self, word: str, reason: str) -> None:
        super().__init__(f"{word}: {reason}")
        self.word = word
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Changed:
    """A file as it becomes."""

    file: str
    text: str


def filled(
    workspace: Path, organisation: str, file: str, path: Steps, given: Mapping[str, Sequence[str]]
) -> Changed:
    """Return a file with a sheet filled in. ``given``: for each keyword (in the words of the file) what was typed; what
    is not among them stays, and what is given nothing goes. Raises ``NoSheetError`` and ``FillError``."""
    shown = sheet(workspace, organisation, file, path)
    text = _text(workspace, file)
    if shown.shape is Shape.VALUE and "" in given:
        return Changed(file, _with_snippet(text, path, shown.text, given[""]))
    for control in (*shown.controls, *shown.more):
        texts = given.get(control.word)
        if texts is None or control.kind is Kind.PART or _same(control, texts):
            continue
        if control.kind is Kind.CONDITION:
            text = _with_condition(text, (workspace, organisation, file), path, control, texts)
            continue
        value = _value(control, texts)
        try:
            at = (*path, control.word)
            if value is not None:
                text = changed(text, at, value)
            elif control.present:
                text = without(text, at)
        except (KeyError, NoSpansError) as error:
            raise FillError(control.word, "text-only") from error
    return Changed(file, text)


def _with_condition(
    text: str, whose: tuple[Path, str, str], path: Steps, control: Control, given: Sequence[str]
) -> str:
    workspace, organisation, file = whose
    source = source_of(workspace, file)
    canonical = section_path(source, place(source, path)[-1])
    if control.word:
        canonical = (*canonical, source.vocabulary.keyword(control.word) or control.word)
    fields = KnownNames(workspace, organisation, department_of(file) or "").asked(canonical)
    at = (*path, control.word) if control.word else path
    try:
        return with_rows(text, at, given, Filling(control.asked, fields, source.vocabulary))
    except (KeyError, NoSpansError, ValueError) as error:
        raise FillError(control.word, "text-only") from error


def with_thing(
    workspace: Path,
    organisation: str,
    file: str,
    path: Steps,
    name: str,
    more: tuple[str, str] = ("", ""),
) -> tuple[list[Changed], Steps]:
    """Return the files with a thing more at a place, in its usual shape, and where it stands. ``more``: the department
    that it is for alone, and the keyword that says of which kind it is. Raises ``NoSheetError`` and ``FillError``."""
    department, start = more
    if department:
        return _field_of(workspace, organisation, department, name)
    source = source_of(workspace, file)
    found = place(source, path)[-1]
    usual = _USUAL.get(str(found.canonical[-1])) if len(found.canonical) == 1 else None
    made = organisation_id(name)
    if not made:
        raise FillError("", "name")
    if usual:
        try:
            files = added(workspace, organisation, parts()[usual], name, {})
        except AnswerError as error:
            raise FillError("", "name") from error
        except NoPlaceError:
            files = []
        key = made.replace("-", "_") if usual == "field" else made
        if any(one.file == file for one in files):
            return [Changed(one.file, one.text) for one in files], (*path, key)
    text = _text(workspace, file)
    try:
        if isinstance(node_at(spans_of(text.removeprefix("\ufeff")), path), Series):
            node = node_at(spans_of(text.removeprefix("\ufeff")), path)
            assert isinstance(node, Series)
            return [Changed(file, with_item(text, path, _fresh(source, found, name, start)))], (
                *path,
                len(node.items),
            )
        key = made.replace("-", "_") if str(found.canonical[-1]) == "properties" else made
        return [Changed(file, with_member(text, path, key, _fresh(source, found, name)))], (*path, key)
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error


def _field_of(workspace: Path, organisation: str, department: str, name: str) -> tuple[list[Changed], Steps]:
    """Return the file of a department with a field more, that is asked there alone."""
    loaded = load_organisation(workspace, organisation)
    own, made = loaded.departments.get(department), organisation_id(name)
    if own is None or not made:
        raise FillError("", "name")
    word = own.vocabulary.word
    phases = assemble(loaded, department, []).data.get("phases") or {}
    field: dict[str, Value] = {
        "title": name,
        "type": "string",
        word("phase"): next(iter(phases), ""),
        word("at-opening"): Word(own.vocabulary.boolean_word(truth=True)),
        word("personal-data"): "P1",
    }
    path = (word("forms"), DOSSIER_FORM, word("fields"), made.replace("-", "_"))
    text = _text(workspace, own.file)
    return [Changed(own.file, _put_below(text, path, field))], path


def _put_below(text: str, path: Steps, value: Value) -> str:
    """Return a text with a value at a path of which the groups may be new."""
    try:
        for at in range(1, len(path)):
            if _missing(text, path[:at]):
                for step in reversed(path[at:]):
                    value = {str(step): value}
                return changed(text, path[:at], value)
        return changed(text, path, value)
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error


def without_thing(workspace: Path, file: str, path: Steps) -> Changed:
    """Return a file without the thing at a place. Raises ``NoSheetError`` and ``FillError``."""
    try:
        return Changed(file, without(_text(workspace, file), path))
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error


def with_text(workspace: Path, file: str, path: Steps, text: str) -> Changed:
    """Return a file with a text under a name, which may be new, and so may the groups that it stands in. Raises as
    ``without_thing`` does."""
    return Changed(file, _put_below(_text(workspace, file), path, text))


def _missing(text: str, path: Steps) -> bool:
    try:
        node_at(spans_of(text.removeprefix("\ufeff")), path)
    except KeyError:
        return True
    return False


def moved_thing(workspace: Path, file: str, path: Steps, to: int) -> Changed:
    """Return a file with the thing at a place elsewhere among its own. Raises as ``without_thing`` does."""
    try:
        return Changed(file, moved(_text(workspace, file), path, to))
    except (KeyError, ValueError) as error:
        raise FillError("", "text-only") from error


def _text(workspace: Path, file: str) -> str:
    try:
        return (workspace / file).read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise NoSheetError(file) from error


def _same(control: Control, texts: Sequence[str]) -> bool:
    shown = [_plain_lines(one) for one in control.texts]
    return [_plain_lines(one) for one in texts if one.strip()] == [one for one in shown if one]


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _with_snippet(text: str, path: Steps, shown: str, given: Sequence[str]) -> str:
    typed = "\n".join(given)
    if _plain_lines(typed) == _plain_lines(shown):
        return text
    try:
        return changed(text, path, _snippet("", typed))
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error


def _value(control: Control, texts: Sequence[str]) -> Value | None:
    """Return what was filled in as it is written; None: nothing."""
    said = [_plain_lines(one) for one in texts if one.strip()]
    if not said:
        return None
    match control.kind:
        case Kind.YES_NO | Kind.NUMBER:
            return Word(said[0])
        case Kind.CHOICES:
            alone = {one.value for one in control.choices if one.alone}
            lonely = next((one for one in said if one in alone), None)
            return lonely if lonely is not None else said
        case Kind.LINES:
            return [
                Word(one) if means_more(one) else one
                for text in said
                for one in text.split("\n")
                if one.strip()
            ]
        case Kind.SNIPPET:
            return _snippet(control.word, said[0])
    return said[0]


def _snippet(word: str, text: str) -> Value:
    for whole in (f"v:\n{indent(dedent(text), '  ')}\n", f"v: {text}\n"):
        try:
            found = node_at(spans_of(whole), ("v",))
        except (KeyError, NoSpansError):
            continue
        if isinstance(found, Scalar) and ": " in found.text and not found.style:
            break
        return value_of(found)
    raise FillError(word, "snippet")


def _fresh(source: Source, found: Found, name: str, start: str = "") -> Value:
    """Return a thing with its name, and what it cannot be without as an example has it."""
    schema, document = meant(found.node, found.schema, found.document)
    below = schema.get("additionalProperties") or schema.get("items") or {}
    inner, document, group = group_below(below, document, found.keyword)
    properties = inner.get("properties")
    if is_condition(inner):
        return begun(name, source.vocabulary)
    if not properties:
        return name
    if start:
        return {start: name}
    described = load_descriptions(DEFAULT_LANGUAGE)
    made: dict[str, Value] = {}
    called = next(
        (one for one in ("name", "title", "what", "question", "case", "message") if one in properties), None
    )
    if called:
        made[called if called == "title" and source.kind == "form" else source.vocabulary.word(called)] = name
    for keyword in inner.get("required", ()):
        word = source.vocabulary.word(keyword)
        if word not in made and keyword not in made:
            kind = str(resolve(properties[keyword], document)[0].get("type"))
            example = described.example(keyword, group)
            # What is a group of its own is for who fills it in: an example of another case would pass for theirs.
            if kind in _EMPTY:
                made[word] = _EMPTY[kind]
            else:
                made[word] = _example(example) if example else name
    return made or {source.vocabulary.word(next(iter(properties))): name}


def _example(text: str) -> Value:
    try:
        return value_of(node_at(spans_of(f"v: {text}\n"), ("v",)))
    except (KeyError, NoSpansError):
        return text
