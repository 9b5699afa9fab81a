"""A sheet that was filled in, as an edit of its file: only what was answered otherwise changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from textwrap import dedent, indent
from typing import Final

from gehoor.core.proposals.sheets import Control, Kind, Shape
from gehoor.core.proposals.sources import department_of
from gehoor.loading.editing.edits import changed, moved
from gehoor.loading.editing.spans import Group, NoSpansError, Scalar, node_at, spans_of
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.editing.values import Value, Word, means_more, value_of
from gehoor.loading.keywords.durations import typed_duration, typed_reminder
from gehoor.loading.keywords.vocabulary import Vocabulary
from gehoor.loading.sheets.conditions import Filling, with_rows
from gehoor.loading.sheets.growing import Changed, FillError, grown, is_missing, put_below, text_of
from gehoor.loading.sheets.higher import whole_path
from gehoor.loading.sheets.known_names import KnownNames
from gehoor.loading.sheets.places import place, source_of
from gehoor.loading.sheets.sheet import sheet
from gehoor.loading.sheets.shells import without_at

_TYPED: Final[Mapping[str, Callable[[str, Vocabulary], str]]] = {
    "gehoor-duration": typed_duration,
    "gehoor-reminder": typed_reminder,
}
"""What people type otherwise than a file has it, by its format."""


def filled(
    workspace: Path,
    organisation: str,
    file: str,
    path: Steps,
    given: Mapping[str, Sequence[str]],
    *,
    grows: bool = False,
) -> Changed:
    """Return a file with a sheet filled in. ``given``: for each keyword (in the words of the file) what was typed; what
    is not among them stays, and what is given nothing goes. ``grows``: nothing has to stand there yet. Raises
    ``NoSheetError`` and ``FillError``."""
    shown = sheet(workspace, organisation, file, path, grows=grows)
    text, words = text_of(workspace, file), source_of(workspace, file).vocabulary
    if shown.shape is Shape.VALUE and "" in given:
        put = _with_plain_text if shown.is_text else _with_snippet
        return Changed(file, put(text, path, shown.text, given[""]))
    emptied: list[Steps] = []
    for control in (*shown.controls, *shown.more):
        texts = given.get(control.word)
        if texts is None or control.kind is Kind.PART or _same(control, texts):
            continue
        at = (*path, control.word) if control.word else path
        if control.kind is Kind.CONDITION:
            text = _with_condition(text, (workspace, organisation, file), path, control, texts)
            emptied += [at] if _is_empty(text, at) else []
            continue
        value = _value(control, [_as_written(control, one, words) for one in texts])
        try:
            if value is not None:
                text = put_below(text, at, value) if grows else changed(text, at, value)
            elif control.present:
                emptied.append(at)
        except (KeyError, NoSpansError) as error:
            raise FillError(control.word, "text-only") from error
    # What goes, goes last: a group may go with it that something else is put in.
    for at in emptied:
        text = without_at(workspace, organisation, file, text, at)
    return Changed(file, text)


def _is_empty(text: str, at: Steps) -> bool:
    """Say whether a condition asks nothing any more where it need not be."""
    try:
        there = node_at(spans_of(text.removeprefix("\ufeff")), at)
    except (KeyError, NoSpansError):
        return False
    return isinstance(there, Group) and not there.members


def _with_condition(
    text: str, whose: tuple[Path, str, str], path: Steps, control: Control, given: Sequence[str]
) -> str:
    workspace, organisation, file = whose
    source = grown(source_of(workspace, file), path)
    canonical = whole_path(source, place(source, path)[-1])
    if control.word:
        canonical = (*canonical, source.vocabulary.keyword(control.word) or control.word)
    fields = KnownNames(workspace, organisation, department_of(file) or "").asked(canonical)
    at = (*path, control.word) if control.word else path
    try:
        return with_rows(text, at, given, Filling(control.asked, fields, source.vocabulary, control.answers))
    except (KeyError, NoSpansError, ValueError) as error:
        raise FillError(control.word, "text-only") from error


def without_thing(workspace: Path, organisation: str, file: str, path: Steps) -> Changed:
    """Return a file without the thing at a place, and without the groups that would stand there empty. Raises
    ``NoSheetError`` and ``FillError``."""
    return Changed(file, without_at(workspace, organisation, file, text_of(workspace, file), path))


def standing(text: str, path: Steps) -> Steps:
    """Return the path of what is left of a place in a text: itself, or what it stood in."""
    while path and is_missing(text, path):
        path = path[:-1]
    return path


def with_text(workspace: Path, file: str, path: Steps, text: str) -> Changed:
    """Return a file with a text under a name, which may be new, and so may the groups that it stands in. Raises as
    ``without_thing`` does."""
    return Changed(file, put_below(text_of(workspace, file), path, text))


def moved_thing(workspace: Path, file: str, path: Steps, to: int) -> Changed:
    """Return a file with the thing at a place elsewhere among its own. Raises as ``without_thing`` does."""
    try:
        return Changed(file, moved(text_of(workspace, file), path, to))
    except (KeyError, ValueError) as error:
        raise FillError("", "text-only") from error


def _as_written(control: Control, typed: str, words: Vocabulary) -> str:
    """Return what was typed as the file has it: line by line, for a list has a line for each."""
    if control.form not in _TYPED or control.kind not in (Kind.TEXT, Kind.LONG, Kind.LINES):
        return typed
    return "\n".join(_TYPED[control.form](one, words) for one in _plain_lines(typed).split("\n"))


def _same(control: Control, texts: Sequence[str]) -> bool:
    shown = [_plain_lines(one) for one in control.texts]
    return [_plain_lines(one) for one in texts if one.strip()] == [one for one in shown if one]


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _with_plain_text(text: str, path: Steps, shown: str, given: Sequence[str]) -> str:
    typed = _plain_lines("\n".join(given))
    if typed == _plain_lines(shown):
        return text
    if not typed:
        raise FillError("", "snippet")
    try:
        return changed(text, path, typed)
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error


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
