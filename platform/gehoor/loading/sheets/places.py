"""Finding a place in a file: what stands there, and the part of the meta-schema that says what may."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gehoor.core.text.problems import Place, Problem
from gehoor.loading.editing.spans import Step
from gehoor.loading.keywords.inventory import group_below
from gehoor.loading.keywords.meta_schemas import Schema, meta_schema
from gehoor.loading.keywords.vocabulary import Vocabulary, load_vocabulary
from gehoor.loading.merge.canonical import known_keyword, meant
from gehoor.loading.merge.file_kinds import kind_of_file, language_of_file
from gehoor.loading.source.files import read
from gehoor.loading.source.nodes import MappingNode, Node, SequenceNode
from gehoor.loading.source.yaml import read_yaml


class NoSheetError(LookupError):
    """There is no such place, or the file cannot be read."""


@dataclass(frozen=True)
class Source:
    """A file that can be read. ``text``: as it is typed, without a byte order mark."""

    file: str
    kind: str
    root: MappingNode
    vocabulary: Vocabulary
    text: str


@dataclass(frozen=True)
class Found:
    """What stands at a place. ``schema`` (in ``document``): what may stand there; ``group``: what that is called;
    ``keyword``: the canonical keyword that it stands at, or under; ``canonical``: its path in canonical words."""

    node: Node
    schema: Schema
    document: str
    group: str
    keyword: str
    canonical: tuple[Step, ...]
    key: Place | None = None
    """Where its key stands, if it has one."""


def source_of(workspace: Path, file: str) -> Source:
    """Read a file. Raises ``NoSheetError``."""
    content = read(workspace, file)
    if isinstance(content, Problem):
        raise NoSheetError(file)
    return source_in(content, file)


def source_in(content: bytes, file: str) -> Source:
    """Read what a file holds, or would hold. Raises ``NoSheetError``."""
    root = read_yaml(content, file).root
    kind = kind_of_file(root) if root is not None else None
    if root is None or kind is None:
        raise NoSheetError(file)
    vocabulary = load_vocabulary(language_of_file(root))
    return Source(file, kind, root, vocabulary, content.decode("utf-8-sig"))


def top(source: Source) -> Found:
    """Return the top of a file."""
    schema = meta_schema(source.kind)
    return Found(source.root, schema, source.kind, f"{source.kind}-file", "", ())


def place(source: Source, path: tuple[Step, ...]) -> list[Found]:
    """Return what stands at each step of a path, the top first. Raises ``NoSheetError``."""
    found = [top(source)]
    for step in path:
        found.append(below(source, found[-1], step))
    return found


def below(source: Source, inside: Found, step: Step) -> Found:
    """Return what stands one step further. Raises ``NoSheetError``."""
    schema, document = meant(inside.node, inside.schema, inside.document)
    if isinstance(inside.node, MappingNode):
        member = next((one for one in inside.node.members if one.key == step), None)
        if member is None:
            raise NoSheetError(str(step))
        known = known_keyword(member, schema, source.vocabulary)
        if known is not None:
            lower = schema["properties"][known]
            _, _, group = group_below(lower, document, known)
            return Found(
                member.value, lower, document, group, known, (*inside.canonical, known), member.place
            )
        others = schema.get("additionalProperties")
        lower = others if isinstance(others, dict) else {}
        _, _, group = group_below(lower, document, inside.keyword)
        path = (*inside.canonical, member.key)
        return Found(member.value, lower, document, group, inside.keyword, path, member.place)
    if isinstance(inside.node, SequenceNode) and isinstance(step, int) and 0 <= step < len(inside.node.items):
        lower = schema.get("items", {})
        _, _, group = group_below(lower, document, inside.keyword)
        return Found(
            inside.node.items[step], lower, document, group, inside.keyword, (*inside.canonical, step)
        )
    raise NoSheetError(str(step))


def section_path(source: Source, found: Found) -> tuple[Step, ...]:
    """Return where it stands in the data of a department: a form and a letter stand under their name there."""
    stem = source.file.rpartition("/")[2].partition(".")[0]
    if source.kind == "form":
        return ("forms", stem, *found.canonical)
    if source.kind == "letter":
        section = "correspondence" if "outgoing-letter" in found.canonical else "letters"
        return (section, stem, *found.canonical[1:])
    return found.canonical
