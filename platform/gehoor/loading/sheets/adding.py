"""A thing more at a place of a file, in the shape that such things have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.proposals.sources import department_of
from gehoor.loading.editing.edits import moved, with_item
from gehoor.loading.editing.spans import NoSpansError, Step, node_at, spans_of
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.editing.values import Value, value_of
from gehoor.loading.export.additions import NoPlaceError, added, known_names, parts
from gehoor.loading.export.new_organisation import AnswerError, department_file, organisation_id
from gehoor.loading.keywords.descriptions import load_descriptions
from gehoor.loading.keywords.inventory import group_below
from gehoor.loading.keywords.meta_schemas import resolve
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE
from gehoor.loading.merge.canonical import meant
from gehoor.loading.merge.located_document import value_at
from gehoor.loading.sheets.conditions import begun, is_condition
from gehoor.loading.sheets.growing import Changed, FillError, grown, is_missing, put_below, saying, text_of
from gehoor.loading.sheets.higher import above, whole_path
from gehoor.loading.sheets.known_names import KnownNames, files_of
from gehoor.loading.sheets.places import Found, Source, place, source_in, source_of
from gehoor.loading.sheets.questions import ALSO_ON, form_asked, forms_of_dossier, with_question
from gehoor.loading.source.nodes import SequenceNode
from gehoor.loading.workspace.organisation import OrganisationFiles

_USUAL: Final[Mapping[str, str]] = {
    "roles": "role",
    "channels": "channel",
    "terms": "term",
    "rules": "rule",
    "properties": "field",
}
"""What is added in its usual shape, by the keyword that it stands under."""


_PROPERTIES: Final = "properties"
_EMPTY: Final[Mapping[str, Value]] = {"object": {}, "array": []}


@dataclass(frozen=True, slots=True)
class Addition:
    """What is added. ``department``: the one that it is for alone; ``start``: the keyword that says of which kind it
    is; ``begin``: what it says from the start (keywords and values in canonical words); ``grows``: nothing has to
    stand there yet; ``after``: what it comes after in its group or list; None: at the end;
    ``said``: what its usual shape says otherwise."""

    name: str
    department: str = ""
    start: str = ""
    begin: Mapping[str, str] = field(default_factory=dict)
    grows: bool = False
    after: Step | None = None
    said: Mapping[str, str] = field(default_factory=dict)


def with_thing(
    workspace: Path, organisation: str, file: str, path: Steps, wanted: Addition
) -> tuple[list[Changed], Steps]:
    """Return the files with a thing more at a place, in its usual shape, and where it stands. Raises ``NoSheetError``
    and ``FillError``."""
    asked = _asked(workspace, organisation, file, path, wanted)
    if asked is not None:
        return placed(workspace, organisation, asked, wanted.after)
    made, at = _added(workspace, organisation, file, path, wanted)
    begin = _named(workspace, organisation, wanted.begin)
    whole = [_beginning(one, at, begin) if one.file == file else one for one in made]
    return placed(workspace, organisation, (whole, at), wanted.after)


def _named(workspace: Path, organisation: str, said: Mapping[str, str]) -> dict[str, str]:
    """Return what is said of a thing; with a @ before it, it is a name that the organisation chose, if it did."""
    known = known_names(files_of(workspace, organisation)) if said else {}
    found = {word: known.get(one[1:], "") if one[:1] == "@" else one for word, one in said.items()}
    return {word: one for word, one in found.items() if one}


def placed(
    workspace: Path, organisation: str, made: tuple[list[Changed], Steps], after: Step | None
) -> tuple[list[Changed], Steps]:
    """Return the files with what was added where it was asked: after something else, and a field in the phase of that.
    Where that stands in another file, it comes at the end."""
    files, at = made
    if after is None:
        return made
    department = next((own for one in files if (own := department_of(one.file))), "")
    if phase := _phase_of(KnownNames(workspace, organisation, department), after):
        files = [_in_phase(one, str(at[-1]), phase, str(after)) for one in files]
    where = next((number for number, one in enumerate(files) if not is_missing(one.text, at)), None)
    beside = _value_there(files[where].text, at[:-1]) if where is not None else None
    steps = list(beside) if isinstance(beside, Mapping) else list(range(len(beside or ())))
    if where is None or after not in steps:
        return files, at
    index = steps.index(after) + 1
    files[where] = _moved(files[where], at, index)
    return files, (*at[:-1], index) if isinstance(at[-1], int) else at


def _moved(one: Changed, path: Steps, to: int) -> Changed:
    source = source_in(one.text.encode(), one.file)
    try:
        text = moved(one.text, path, to)
        if source.kind == "form" and path[:-1] == (_PROPERTIES,):
            text = _step_moved(text, source, str(path[-1]), to)
    except (KeyError, NoSpansError):
        # What is written so that nothing in it moves, has it at its end.
        return one
    return Changed(one.file, text)


def _step_moved(text: str, source: Source, name: str, index: int) -> str:
    """Return a form of which the last step, that was added for a question, comes after that with the one before it."""
    word = source.vocabulary.word
    before = list(_value_there(text, (_PROPERTIES,)) or ())[index - 1]
    found = _value_there(text, (word("steps"),)) or []
    asked = [one.get(word("fields")) or [] for one in found if isinstance(one, Mapping)]
    after = [number for number, one in enumerate(asked[:-1]) if before in one]
    if not after or len(asked) != len(found) or asked[-1] != [name]:
        return text
    return moved(text, (word("steps"), len(found) - 1), after[-1] + 1)


def _phase_of(names: KnownNames, after: Step) -> str:
    """Return the phase of a field of the dossier; empty: there is none of that name."""
    of = ((names.data.get("forms") or {}).get(DOSSIER_FORM) or {}).get("properties") or {}
    return str((of.get(after) or {}).get("phase", ""))


def _in_phase(one: Changed, name: str, phase: str, after: str) -> Changed:
    """Return a file in which a new field of the dossier is in a phase, after another field: whichever file that stands
    in."""
    source = source_in(one.text.encode(), one.file)
    word = source.vocabulary.word
    for path in (("properties", name), (word("forms"), DOSSIER_FORM, word("fields"), name)):
        if not is_missing(one.text, (*path, word("phase"))):
            return _beginning(one, path, {"phase": phase, "after": after})
    return one


def _value_there(text: str, path: Steps) -> Any:
    """Return what stands at a place of a text; None: nothing does."""
    try:
        return value_of(node_at(spans_of(text), path))
    except (KeyError, NoSpansError):
        return None


def with_department(workspace: Path, organisation: str, name: str) -> tuple[list[Changed], Steps]:
    """Return the files with a department more, that says no more than who it is. Raises ``FillError``."""
    loaded = files_of(workspace, organisation)
    main = loaded.main["organisation"]
    codes = [
        (one.canonical.data.get("department") or {}).get("code", "") for one in loaded.departments.values()
    ]
    try:
        made, file, text = department_file(organisation, name, codes)
    except AnswerError as error:
        raise FillError("", "name") from error
    if made in loaded.departments or (workspace / file).exists():
        raise FillError("", "name")
    path = (main.vocabulary.word("departments"),)
    listed = _with_item(text_of(workspace, main.file), path, made)
    return [Changed(main.file, listed), Changed(file, text)], path


def with_part(workspace: Path, organisation: str, part: str, name: str) -> tuple[list[Changed], Steps]:
    """Return the files with a part more (of ``gehoor add``) that is a file of its own, and where it stands in that.
    Raises ``FillError``."""
    if not organisation_id(name):
        raise FillError("", "name")
    files = _in_usual_shape(workspace, organisation, part, Addition(name))
    if not files:
        raise FillError("", "name")
    source = source_in(files[0].text.encode(), files[0].file)
    return files, (source.root.members[-1].key,)


def _beginning(one: Changed, path: Steps, begin: Mapping[str, str]) -> Changed:
    if not begin:
        return one
    return Changed(one.file, saying(one.text, source_in(one.text.encode(), one.file), path, begin))


def _added(
    workspace: Path, organisation: str, file: str, path: Steps, wanted: Addition
) -> tuple[list[Changed], Steps]:
    name, source = wanted.name, source_of(workspace, file)
    if wanted.grows:
        source = grown(source, path)
    found = place(source, path)[-1]
    if _is_above(files_of(workspace, organisation), source, found, name):
        if not is_missing(source.text, (*path, name)):
            raise FillError("", "name")
        # Nothing of it is said otherwise yet.
        return [Changed(file, put_below(text_of(workspace, file), (*path, name), {}))], (*path, name)
    usual = _USUAL.get(str(found.canonical[-1])) if len(found.canonical) == 1 else None
    made = organisation_id(name)
    if not made:
        raise FillError("", "name")
    keyed = made.replace("-", "_") if str(found.canonical[-1]) == "properties" else made
    text = text_of(workspace, file)
    if not is_missing(text, (*path, keyed)):
        raise FillError("", "name")
    files = _in_usual_shape(workspace, organisation, usual, wanted) if usual else []
    if any(one.file == file for one in files):
        return files, (*path, keyed)
    if isinstance(found.node, SequenceNode):
        fresh = _fresh(source, found, name, wanted.start)
        return [Changed(file, _with_item(text, path, fresh))], (*path, len(found.node.items))
    return [Changed(file, put_below(text, (*path, keyed), _fresh(source, found, name)))], (*path, keyed)


def _in_usual_shape(workspace: Path, organisation: str, usual: str, wanted: Addition) -> list[Changed]:
    known = {word: one for word, one in wanted.said.items() if word in parts()[usual].ask}
    said = _named(workspace, organisation, known)
    try:
        files = added(workspace, organisation, parts()[usual], wanted.name, said)
    except AnswerError as error:
        raise FillError("", "name") from error
    except NoPlaceError:
        return []
    return [Changed(one.file, one.text) for one in files]


def _with_item(text: str, path: Steps, item: Value) -> str:
    if is_missing(text, path):
        return put_below(text, path, [item])
    try:
        return with_item(text, path, item)
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error


def _asked(
    workspace: Path, organisation: str, file: str, path: Steps, wanted: Addition
) -> tuple[list[Changed], Steps] | None:
    """Return the files with a question more, where that is what is added: to a form, or in one department."""
    source = source_of(workspace, file)
    source = grown(source, path) if wanted.grows else source
    found = place(source, path)[-1]
    files = files_of(workspace, organisation)
    form = form_asked(files, source, found)
    department = wanted.department or department_of(file) or ""
    if wanted.department and not form:
        raise FillError("", "name")
    if form and form != DOSSIER_FORM and not department and wanted.begin:
        return None
    if not form or (form == DOSSIER_FORM and not department) or _is_above(files, source, found, wanted.name):
        return None
    return with_question(workspace, organisation, form, wanted.name, department)


def _is_above(files: OrganisationFiles, source: Source, found: Found, name: str) -> bool:
    """Say whether something of this name holds above: then it is only said otherwise."""
    if found.keyword == ALSO_ON:
        # What a field is called on a form of that name is said there; nothing of it yet.
        return name in (files.used_forms.keys() | forms_of_dossier(files).keys())
    held = value_at(dict(above(files, source.file)), whole_path(source, found))
    return isinstance(held, dict) and name in held


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
