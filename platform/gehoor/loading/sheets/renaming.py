"""Another name for a thing, everywhere that it is named; and where that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.proposals.sheets import Use
from gehoor.core.proposals.sources import department_of
from gehoor.core.text.problems import Place
from gehoor.loading.checks.analysis.guideline import guideline
from gehoor.loading.checks.references.reference_places import references
from gehoor.loading.editing.edits import added, renamed
from gehoor.loading.editing.spans import NoSpansError, node_at, spans_of
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.export.new_organisation import organisation_id
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.sheets.growing import Changed, FillError, text_of
from gehoor.loading.sheets.higher import in_whole, is_said_above
from gehoor.loading.sheets.known_names import files_of
from gehoor.loading.sheets.places import Found, NoSheetError, Source, place, source_of
from gehoor.loading.source.files import is_id
from gehoor.loading.source.nodes import MappingNode
from gehoor.loading.source.tokens import Edit, Tokens, edited
from gehoor.loading.workspace.department import assemble

_FIELDS = "fields"
_LONGEST = 120
_HELD_AGAINST = "held-against"


def renamed_everywhere(
    workspace: Path, organisation: str, file: str, path: Steps, name: str
) -> tuple[list[Changed], str]:
    """Return the files in which a thing has another name, there and wherever it is referred to, and that name, as files
    can have it. Raises ``NoSheetError`` and ``FillError``."""
    source = source_of(workspace, file)
    found = place(source, path)[-1]
    old = str(path[-1])
    if not name.strip() or name == old:
        raise FillError("", "name")
    group = _group(in_whole(found.canonical))
    if group != "milestones":
        called = organisation_id(name)
        name = name if is_id(name) else called.replace("-", "_") if group == _FIELDS else called
    if name == old or (group != "milestones" and not is_id(name)):
        raise FillError("", "name")
    text = (workspace / file).read_bytes().decode()
    edits: dict[str, list[tuple[int, int]]] = defaultdict(list)
    own = Place(file, found.key.line, found.key.column) if found.key else None
    for where in set(places_of(workspace, organisation, group, old, department_of(file) or "")) - {own}:
        edits[where.file].append((where.line, where.column))
    made = {one: _reworded(workspace, one, spots, old, name) for one, spots in edits.items()}
    word = source.vocabulary.word(_HELD_AGAINST)
    try:
        here = renamed(made.get(file, text), path, name)
        if group == "terms" and old in guideline() and word not in _words(found):
            # By its name it was the term that complaint handling asks; now it says so.
            here = added(here, (*path[:-1], name), word, old)
        texts = {**made, file: here}
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error
    return [Changed(one, content) for one, content in texts.items()], name


def uses(workspace: Path, organisation: str, file: str, path: Steps) -> list[Use]:
    """Return where a thing is named in the files of an organisation, elsewhere than at its own place: nowhere, where it
    is only said otherwise, for without that it is there all the same. Raises ``NoSheetError``."""
    source = source_of(workspace, file)
    found = place(source, path)[-1]
    if not path or not isinstance(path[-1], str) or len(found.canonical) < 2:
        return []
    if is_said_above(files_of(workspace, organisation), source, found):
        return []
    name = str(path[-1])
    first, last = _lines(source, found, path)
    group, only = _group(in_whole(found.canonical)), department_of(file) or ""
    named = {
        one
        for one in places_of(workspace, organisation, group, name, only)
        # What stands in the thing itself goes with it.
        if one.file != file or not first <= one.line <= last
    }
    lines: dict[str, list[str]] = {}
    made = []
    for one in sorted(named, key=lambda where: (where.file, where.line, where.column)):
        if one.file not in lines:
            lines[one.file] = text_of(workspace, one.file).splitlines()
        there = lines[one.file][one.line - 1] if one.line <= len(lines[one.file]) else ""
        use = Use(one.file, one.line, " ".join(there.split())[:_LONGEST])
        if use not in made:
            made.append(use)
    return made


def _lines(source: Source, found: Found, path: Steps) -> tuple[int, int]:
    """Return the first and the last line of a thing, its key among them."""
    first = found.key.line if found.key else found.node.place.line
    try:
        end = node_at(spans_of(source.text), path).end
    except (KeyError, NoSpansError):
        return first, first
    return first, source.text.count("\n", 0, max(end - 1, 0)) + 1


def _words(found: Found) -> set[str]:
    return {one.key for one in found.node.members} if isinstance(found.node, MappingNode) else set()


def places_of(workspace: Path, organisation: str, group: str, name: str, only: str = "") -> Iterator[Place]:
    """Yield where a thing is referred to, in the files of all departments, or of the one that alone has it."""
    files = files_of(workspace, organisation)
    section = ("forms", DOSSIER_FORM, "fields") if group == _FIELDS else (group,)
    for department, own in files.departments.items():
        if only and department != only:
            continue
        # What a department says otherwise of it stands under the same name.
        if spot := own.canonical.spots.exact((*section, name)):
            yield spot.key
        whole = assemble(files, department, [])
        for one in references(whole.data):
            if one.group == group and one.value == name and (where := _spot(whole, one.path, key=one.is_key)):
                yield where


def _group(canonical: Steps) -> str:
    section = str(canonical[0]) if canonical else ""
    return _FIELDS if section == "properties" or canonical[2:3] == ("properties",) else section


def _spot(whole: Sourced, path: Steps, *, key: bool) -> Place | None:
    spot = whole.spots.exact(path)
    if spot is None:
        return None
    return spot.key if key else spot.value


def _reworded(workspace: Path, file: str, spots: list[tuple[int, int]], old: str, name: str) -> str:
    text = (workspace / file).read_bytes().decode()
    bare = text.removeprefix("\ufeff")
    tokens = Tokens(bare)
    edits: list[Edit] = []
    for line, column in spots:
        try:
            found = tokens.reworded(Place(file, line, column), old, name)
        except KeyError as error:
            raise NoSheetError(file) from error
        if found is not None and bare[found.start : found.end].strip("\"'") == old:
            edits.append(found)
    return text[: len(text) - len(bare)] + edited(bare, edits)
