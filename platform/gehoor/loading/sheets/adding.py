"""A thing more at a place of a file, in the shape that such things have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.proposals.sources import department_of
from gehoor.loading.editing.edits import with_item
from gehoor.loading.editing.spans import NoSpansError, node_at, spans_of
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
from gehoor.loading.sheets.known_names import files_of
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


_EMPTY: Final[Mapping[str, Value]] = {"object": {}, "array": []}


@dataclass(frozen=True, slots=True)
class Addition:
    """What is added. ``department``: the one that it is for alone; ``start``: the keyword that says of which kind it
    is; ``begin``: what it says from the start (keywords and values in canonical words); ``grows``: nothing has to
    stand there yet."""

    name: str
    department: str = ""
    start: str = ""
    begin: Mapping[str, str] = field(default_factory=dict)
    grows: bool = False


def with_thing(
    workspace: Path, organisation: str, file: str, path: Steps, wanted: Addition
) -> tuple[list[Changed], Steps]:
    """Return the files with a thing more at a place, in its usual shape, and where it stands. Raises ``NoSheetError``
    and ``FillError``."""
    asked = _asked(workspace, organisation, file, path, wanted)
    if asked is not None:
        return asked
    made, at = _added(workspace, organisation, file, path, wanted)
    known = known_names(files_of(workspace, organisation)) if wanted.begin else {}
    # A value with a @ before it is a name that the organisation chose.
    begin = {word: known.get(one[1:], one) if one[:1] == "@" else one for word, one in wanted.begin.items()}
    return [_beginning(one, at, begin) if one.file == file else one for one in made], at


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
    files = _in_usual_shape(workspace, organisation, part, name)
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
    files = _in_usual_shape(workspace, organisation, usual, name) if usual else []
    if any(one.file == file for one in files):
        return files, (*path, keyed)
    if isinstance(found.node, SequenceNode):
        fresh = _fresh(source, found, name, wanted.start)
        return [Changed(file, _with_item(text, path, fresh))], (*path, len(found.node.items))
    return [Changed(file, put_below(text, (*path, keyed), _fresh(source, found, name)))], (*path, keyed)


def _in_usual_shape(workspace: Path, organisation: str, usual: str, name: str) -> list[Changed]:
    try:
        files = added(workspace, organisation, parts()[usual], name, {})
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
