"""From nodes to plain canonical data: the file's words become canonical keywords, guided by the meta-schema.

Keys are renamed only where the meta-schema knows them, so an organisation's own ids and texts stay as they
are. Scalars get the type that the meta-schema expects there: a date, ``nee`` or ``010`` in a text stays text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gehoor.core.text.problems import Problem
from gehoor.loading.keywords.meta_schemas import Schema, meta_schema, resolve
from gehoor.loading.keywords.scalars import scalar_value
from gehoor.loading.keywords.vocabulary import Vocabulary, language_words
from gehoor.loading.merge.source_map import Path, Spot, Spots
from gehoor.loading.source.nodes import MappingNode, Member, Node, ScalarNode, SequenceNode


@dataclass
class Canonical:
    """A file in canonical form: plain data, and the spot of everything in it."""

    data: dict[str, Any] = field(default_factory=dict)
    spots: Spots = field(default_factory=Spots)


def canonicalise(root: MappingNode, kind: str, vocabulary: Vocabulary, problems: list[Problem]) -> Canonical:
    """Turn the tree of a file of this kind into canonical data. Keywords that stand twice are problems."""
    result = Canonical()
    walker = _Walker(vocabulary, result.spots, problems)
    result.data = walker.walk(root, meta_schema(kind), kind, ())
    result.spots.own = Spot(root.place, root.place)
    return result


@dataclass
class _Walker:
    vocabulary: Vocabulary
    spots: Spots
    problems: list[Problem]

    def walk(self, node: Node, schema: Schema, document: str, path: Path) -> Any:
        schema, document = meant(node, schema, document)
        if isinstance(node, MappingNode):
            return self._mapping(node, schema, document, path)
        if isinstance(node, SequenceNode):
            return self._sequence(node, schema, document, path)
        return scalar_value(node, schema, self.vocabulary)

    def _mapping(self, node: MappingNode, schema: Schema, document: str, path: Path) -> dict[str, Any]:
        properties: Mapping[str, Schema] = schema.get("properties", {})
        others = schema.get("additionalProperties")
        data: dict[str, Any] = {}
        for member in node.members:
            known = known_keyword(member, schema, self.vocabulary)
            key = known if known is not None else _unknown_key(member.key, properties)
            if key in data:
                self._double(member, (*path, key))
                continue
            below = properties[key] if known is not None else others if isinstance(others, Mapping) else {}
            whole = bool(resolve(below, document)[0].get("x-whole"))
            literal = isinstance(member.value, ScalarNode) and member.value.literal
            spot = Spot(member.value.place, member.place, member.key, whole, literal)
            self.spots.put((*path, key), spot)
            data[key] = self.walk(member.value, below, document, (*path, key))
        return data

    def _double(self, member: Member, path: Path) -> None:
        first = self.spots.nearest(path).key.line
        self.problems.append(Problem(member.place, "dubbele-sleutel", {"key": member.key, "first": first}))

    def _sequence(self, node: SequenceNode, schema: Schema, document: str, path: Path) -> list[Any]:
        below = schema.get("items", {})
        for index, item in enumerate(node.items):
            self.spots.put((*path, index), Spot(item.place, item.place))
        return [self.walk(item, below, document, (*path, i)) for i, item in enumerate(node.items)]


def _unknown_key(word: str, properties: Mapping[str, Schema]) -> str:
    # A canonical keyword is no keyword in a file of another language, and must not pass for one.
    return f"?{word}" if word in properties else word


def known_keyword(member: Member, schema: Schema, vocabulary: Vocabulary) -> str | None:
    """Return the canonical keyword that a key is in a group of this schema, or None when it is none there."""
    properties = schema.get("properties", {})
    # In a form JSON Schema's own keywords are written as the standard has them, in every language.
    standard = schema.get("x-json-schema", ())
    if member.key in standard:
        return member.key if member.key in properties else None
    if "language" in properties and member.key in language_words():
        return "language"
    canonical = vocabulary.keyword(member.key)
    return canonical if canonical in properties and canonical not in standard else None


def meant(node: Node, schema: Schema, document: str) -> tuple[Schema, str]:
    """Follow ``$ref``, and of alternatives choose the one for a value of this form."""
    schema, document = resolve(schema, document)
    if "anyOf" not in schema:
        return schema, document
    wanted = {MappingNode: "object", SequenceNode: "array"}.get(type(node), "scalar")
    for option in schema["anyOf"]:
        resolved, where = resolve(option, document)
        kind = resolved.get("type")
        if kind == wanted or (wanted == "scalar" and kind not in ("object", "array")):
            return resolved, where
    return {}, document
