"""A thing less, and with it the groups that would stand there empty."""

from __future__ import annotations

from pathlib import Path

from gehoor.loading.editing.edits import without
from gehoor.loading.editing.spans import NoSpansError
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.merge.canonical import meant
from gehoor.loading.sheets.growing import FillError
from gehoor.loading.sheets.higher import is_said_above
from gehoor.loading.sheets.known_names import files_of
from gehoor.loading.sheets.places import NoSheetError, Source, place, source_in
from gehoor.loading.source.nodes import MappingNode, SequenceNode


def without_at(workspace: Path, organisation: str, file: str, text: str, path: Steps) -> str:
    """Return a text without what stands at a path, and without the groups around it in which nothing else stands, where
    those may be missing and say nothing when they are empty. Raises ``FillError``."""
    try:
        source = source_in(text.encode(), file)
        return without(text, _widest(workspace, organisation, source, path))
    except NoSheetError:
        return _plainly(text, path)
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error


def _plainly(text: str, path: Steps) -> str:
    try:
        return without(text, path)
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error


def _widest(workspace: Path, organisation: str, source: Source, path: Steps) -> Steps:
    at = path
    while len(at) > 1 and _is_shell_without(workspace, organisation, source, at):
        at = at[:-1]
    # A group that has to be there stays, with what one has to put in it.
    while len(at) < len(path) and is_asked(source, at):
        at = path[: len(at) + 1]
    return at


def _is_shell_without(workspace: Path, organisation: str, source: Source, path: Steps) -> bool:
    """Say whether the group around a path says nothing without what stands there."""
    found = place(source, path)[-2]
    if not isinstance(found.node, MappingNode | SequenceNode):
        return False
    if len(found.node.members if isinstance(found.node, MappingNode) else found.node.items) != 1:
        return False
    schema, _ = meant(found.node, found.schema, found.document)
    if schema.get("minProperties") or schema.get("minItems") or is_asked(source, path):
        return True
    return is_said_above(files_of(workspace, organisation), source, found)


def is_asked(source: Source, path: Steps) -> bool:
    """Say whether what stands at a path has to be there, by what the meta-schema says of the group around it."""
    if not path:
        return True
    above, found = place(source, path)[-2:]
    schema, _ = meant(above.node, above.schema, above.document)
    return isinstance(path[-1], str) and found.canonical[-1] in schema.get("required", ())
