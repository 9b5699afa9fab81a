"""What stands at a place of a file as a sheet, and all files of an organisation as an outline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any, Final

from gehoor.core.proposals.sheets import Choice, Control, Crumb, FileOutline, Section, Shape, Sheet
from gehoor.core.proposals.sources import department_of
from gehoor.loading.editing.lines import column, line_end, line_start
from gehoor.loading.editing.spans import NoSpansError, Scalar, Spanned, Step, node_at, spans_of
from gehoor.loading.keywords.descriptions import load_descriptions
from gehoor.loading.keywords.inventory import group_below, is_standard
from gehoor.loading.keywords.meta_schemas import resolve
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE
from gehoor.loading.merge.canonical import known_keyword, meant
from gehoor.loading.merge.located_document import value_at
from gehoor.loading.sheets.conditions import AskedFields, is_answers, is_condition
from gehoor.loading.sheets.controls import Making, condition, controls
from gehoor.loading.sheets.growing import grown
from gehoor.loading.sheets.higher import above, is_said_above, whole_path
from gehoor.loading.sheets.items import NAMING, Naming
from gehoor.loading.sheets.known_names import KnownNames, counted_names, named_kind
from gehoor.loading.sheets.places import Found, NoSheetError, Source, place, source_of, top
from gehoor.loading.sheets.questions import ALSO_ON, asked_nowhere, form_asked, form_names, questions_of
from gehoor.loading.sheets.shells import is_asked
from gehoor.loading.source.nodes import MappingNode, ScalarNode, SequenceNode
from gehoor.loading.workspace.organisation import OrganisationFiles

_GIVEN: Final = {"duties": "duty", "flagged": "flag"}
"""What an example expects of rules that has no name, and the effect that gives it."""


def sheet(
    workspace: Path, organisation: str, file: str, path: tuple[Step, ...], *, grows: bool = False
) -> Sheet:
    """Return the sheet of a place in a file; with ``grows`` also where nothing stands yet. Raises ``NoSheetError``."""
    source = source_of(workspace, file)
    if grows:
        source = grown(source, path)
    steps = place(source, path)
    found = steps[-1]
    shape = shape_of(found)
    text, line = _typed(source, path)
    is_text = shape is Shape.VALUE and _is_text(found)
    made: list[Control] = []
    more: list[Control] = []
    names = KnownNames(workspace, organisation, department_of(file) or "")
    if shape is Shape.GROUP:
        made, more = controls(found, _making(source, names, path))
    elif shape is Shape.CONDITION:
        fields = names.asked(whole_path(source, found))
        made = [condition(found, fields, _making(source, names, path))]
    files, naming = names.files, Naming(source, names.data)
    otherwise = len(path) > 1 and is_said_above(files, source, found)
    return Sheet(
        file=file,
        path=path,
        shape=shape,
        title=title_of(naming, steps, path),
        help=_help(source, steps),
        text=found.node.text if is_text and isinstance(found.node, ScalarNode) else text,
        line=line,
        crumbs=tuple(
            Crumb(title_of(naming, steps[: at + 1], path[:at]), path[:at]) for at in range(1, len(path))
        ),
        controls=tuple(made),
        more=tuple(more),
        items=tuple(naming.items(found)) if shape in (Shape.NAMED, Shape.LIST) else (),
        subject=_subject(source, found),
        departments=tuple(_departments(files, source, found)),
        starts=tuple(_starts(source, found)),
        names=tuple(_names(source, found, names)),
        above=tuple(_above(files, source, found, names.data)),
        places=tuple(questions_of(names.data, form_asked(files, source, found))),
        fresh=tuple(_of_one_more(source, found, names, path)),
        begins=found.key.line if found.key else line,
        is_removable=not is_asked(source, path),
        is_named=len(path) > 1 and _is_named(steps[-2:], path[-1]) and not otherwise,
        is_text=is_text,
        is_otherwise=otherwise and isinstance(path[-1], str),
    )


def _is_text(found: Found) -> bool:
    """Say whether a text stands at a place, where nothing but a text of some length or a group can."""
    schema, document = meant(found.node, found.schema, found.document)
    options = [resolve(one, document)[0] for one in schema.get("anyOf", (schema,))]
    scalars = [one for one in options if one.get("type") not in ("object", "array")]
    return (
        isinstance(found.node, ScalarNode)
        and bool(scalars)
        and all(one.get("type") == "string" for one in scalars)
    )


def _is_named(steps: list[Found], step: Step) -> bool:
    """Say whether a step is a name that somebody chose, and no keyword or index."""
    over, found = steps
    schema, _ = meant(over.node, over.schema, over.document)
    return isinstance(step, str) and found.canonical[-1] not in schema.get("properties", {})


def _above(
    files: OrganisationFiles, source: Source, found: Found, data: Mapping[str, Any]
) -> Iterator[Choice]:
    """Yield what can be chosen by its name, as people know it: what holds for a department without being named in its
    file, and the fields of the dossier that a form does not ask."""
    if shape_of(found) is not Shape.NAMED:
        return
    named = {one.key for one in found.node.members} if isinstance(found.node, MappingNode) else set()
    department = department_of(source.file) or ""
    if found.keyword == ALSO_ON:
        yield from (one for one in form_names(data) if one.value not in named)
    elif department:
        held = value_at(dict(above(files, source.file)), whole_path(source, found))
        for name, one in held.items() if isinstance(held, dict) else ():
            said = one.get("name") or one.get("title") if isinstance(one, dict) else None
            if name not in named:
                yield Choice(name, said if isinstance(said, str) else name)
    if form := form_asked(files, source, found):
        yield from asked_nowhere(files, form, department)


def _names(source: Source, found: Found, names: KnownNames) -> Iterator[Choice]:
    """Yield the fields that one more condition of a list can be about."""
    if isinstance(found.node, SequenceNode) and _item_is_condition(found):
        yield from names.asked(whole_path(source, found)).choices()


def _item_is_condition(found: Found) -> bool:
    schema, document = meant(found.node, found.schema, found.document)
    return is_condition(resolve(schema.get("items", {}), document)[0])


def _subject(source: Source, found: Found) -> str:
    where = whole_path(source, found)
    deep = 4 if where[:1] == ("forms",) else 2
    return "/".join(map(str, where[:deep])) if len(where) >= deep else ""


def _departments(files: OrganisationFiles, source: Source, found: Found) -> Iterator[Choice]:
    """Yield the departments that can have a question of their own, where the fields of a form are shown."""
    if source.kind != "form" or not form_asked(files, source, found):
        return
    for name, own in files.departments.items():
        said = (own.canonical.data.get("department") or {}).get("name")
        yield Choice(name, said if isinstance(said, str) else name)


def _starts(source: Source, found: Found) -> Iterator[Choice]:
    """Yield the keywords that a thing of a list can begin with, where it has no name or text of its own."""
    if shape_of(found) is not Shape.LIST or _item_is_condition(found):
        return
    schema, document = meant(found.node, found.schema, found.document)
    below, _, group = group_below(schema.get("items", {}), document, found.keyword)
    properties = below.get("properties", {})
    if not properties or any(word in properties for word in NAMING):
        return
    described = load_descriptions(DEFAULT_LANGUAGE)
    # What goes with one of these is no beginning by itself.
    kinds = [word for one in below.get("oneOf", ()) for word in one.get("required", ())]
    for keyword in kinds or properties:
        standard = is_standard(keyword, below)
        word = keyword if standard else source.vocabulary.word(keyword)
        yield Choice(word, f"{described.label(word)}: {described.keyword(keyword, group, standard=standard)}")


def outline(workspace: Path, files: tuple[str, ...], organisation: str = "") -> list[FileOutline]:
    """Return files with what stands in each. ``organisation``: whose they are, for what things are called elsewhere."""
    known = {
        name: KnownNames(workspace, organisation, name).data
        for name in {department_of(file) or "" for file in files if organisation}
    }
    return [_outline(workspace, file, known.get(department_of(file) or "", {})) for file in files]


def _outline(workspace: Path, file: str, data: Mapping[str, Any]) -> FileOutline:
    described = load_descriptions(DEFAULT_LANGUAGE)
    try:
        source = source_of(workspace, file)
    except NoSheetError:
        return FileOutline(file, "", file, "", (), readable=False)
    said = described.files[source.kind]
    sections = tuple(_sections(Naming(source, data)))
    return FileOutline(file, source.kind, said.title, said.says, sections, readable=True)


def _sections(naming: Naming) -> Iterator[Section]:
    source = naming.source
    whole = top(source)
    for member in source.root.members:
        known = known_keyword(member, whole.schema, source.vocabulary)
        if known in (None, "language", "$schema"):
            continue
        found = place(source, (member.key,))[-1]
        shape = shape_of(found)
        items = tuple(naming.items(found)) if shape in (Shape.NAMED, Shape.LIST) else ()
        label = load_descriptions(DEFAULT_LANGUAGE).label(member.key)
        yield Section(member.key, label, _help(source, [whole, found]), shape, items, member.place.line)


def shape_of(found: Found) -> Shape:
    """Return what stands at a place."""
    schema, _ = meant(found.node, found.schema, found.document)
    if isinstance(found.node, MappingNode):
        if is_condition(schema) or is_answers(schema):
            return Shape.CONDITION
        others = schema.get("additionalProperties")
        if schema.get("properties") and not schema.get("x-whole"):
            return Shape.VALUE if isinstance(others, dict) else Shape.GROUP
        return Shape.NAMED if isinstance(others, dict) and not schema.get("x-whole") else Shape.VALUE
    if isinstance(found.node, SequenceNode):
        return Shape.LIST
    return Shape.VALUE


def title_of(naming: Naming, steps: list[Found], path: tuple[Step, ...]) -> str:
    """Return how people know the last of the places that a path leads along."""
    found = steps[-1]
    if not path:
        own = naming.data.get("department") if naming.source.kind == "department" else None
        said = own.get("name") if isinstance(own, dict) else None
        return (
            said
            if isinstance(said, str)
            else load_descriptions(DEFAULT_LANGUAGE).files[naming.source.kind].title
        )
    above, step = steps[-2], path[-1]
    if shape_of(above) in (Shape.NAMED, Shape.LIST) or not isinstance(step, str):
        return naming.title(above, found, step)
    schema, _ = meant(above.node, above.schema, above.document)
    known = found.keyword in schema.get("properties", {})
    return load_descriptions(DEFAULT_LANGUAGE).label(step) if known else step


def _of_one_more(
    source: Source, found: Found, names: KnownNames, path: tuple[Step, ...]
) -> Iterator[Control]:
    """Yield what can be said of one more thing of a group or list, beside by what people know it."""
    schema, document = meant(found.node, found.schema, found.document)
    shape = shape_of(found)
    if shape not in (Shape.NAMED, Shape.LIST):
        return
    below = schema.get("additionalProperties" if shape is Shape.NAMED else "items") or {}
    _, _, group = group_below(below, document, found.keyword)
    empty = MappingNode((), found.node.place)
    one = Found(empty, below, document, group, found.keyword, (*found.canonical, ""))
    if shape_of(one) is not Shape.GROUP:
        return
    made, more = controls(one, _making(source, names, path))
    named = next((word for word in NAMING if any(part.keyword == word for part in (*made, *more))), "")
    yield from (part for part in (*made, *more) if part.keyword != named)


def _help(source: Source, steps: list[Found]) -> str:
    """Return what a keyword means; of a thing under it what such things are."""
    described = load_descriptions(DEFAULT_LANGUAGE)
    if len(steps) == 1:
        return described.files[source.kind].says
    above, found = steps[-2], steps[-1]
    schema, _ = meant(above.node, above.schema, above.document)
    if found.keyword in schema.get("properties", {}):
        standard = is_standard(found.keyword, schema)
        return described.keyword(found.keyword, above.group, standard=standard)
    return described.groups.get(found.group, "")


def _making(source: Source, names: KnownNames, path: tuple[Step, ...]) -> Making:
    def named(found: Found, keyword: str) -> tuple[Choice, ...]:
        if keyword == ALSO_ON:
            return form_names(names.data)
        if keyword in _GIVEN and "expect" in found.canonical:
            return names.given_by_rules(_GIVEN[keyword])
        if counted := counted_names(names, whole_path(source, found), keyword):
            return counted
        group = named_kind(whole_path(source, found), keyword)
        return names.of(group) if group else ()

    def typed(member: object) -> str:
        return _typed(source, (*path, member.key))[0]  # type: ignore[attr-defined]

    def asked(found: Found, keyword: str) -> AskedFields:
        return names.asked((*whole_path(source, found), keyword))

    return Making(source.vocabulary, load_descriptions(DEFAULT_LANGUAGE), named, asked, typed)


def _typed(source: Source, path: tuple[Step, ...]) -> tuple[str, int]:
    """Return what stands at a place as it is typed, and on which line it begins."""
    try:
        root = spans_of(source.text)
        node: Spanned = node_at(root, path)
    except (KeyError, NoSpansError):
        return "", 1
    start, end = node.start, node.end
    if isinstance(node, Scalar) or node.flow:
        return source.text[start:end], source.text.count("\n", 0, start) + 1
    begun = line_start(source.text, start)
    text = " " * column(source.text, start) + source.text[start : line_end(source.text, max(end - 1, start))]
    return dedent(text).rstrip("\r\n"), source.text.count("\n", 0, begun) + 1
