"""From nodes to plain canonical data: the file's words become canonical keywords, guided by the meta-schema.

Keys are renamed only where the meta-schema knows them, so an organisation's own ids and texts stay as they
are. Scalars get the type that the meta-schema expects there: a date, ``nee`` or ``010`` in a text stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from gehoor.core.problems import Place
from gehoor.loading.durations import canonical_duration, canonical_reminder
from gehoor.loading.meta_schemas import Schema, meta_schema, resolve
from gehoor.loading.placeholders import canonical_places
from gehoor.loading.nodes import MappingNode, Node, ScalarNode, SequenceNode
from gehoor.loading.vocabulary import Vocabulary

Path: TypeAlias = tuple[str | int, ...]

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")
_MAX_DIGITS = 15
_WORDED: Mapping[str, Callable[[str, Vocabulary], str]] = {
    "gehoor-duration": canonical_duration,
    "gehoor-reminder": canonical_reminder,
    "gehoor-number-pattern": canonical_places,
    "gehoor-letter": canonical_places,
}
"""Formats whose text holds words of the file's language."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands in the files, and the word that its key was written with."""

    value: Place
    key: Place
    word: str


@dataclass
class Canonical:
    """A file in canonical form: plain data, and the spot of everything in it."""

    data: dict[str, Any] = field(default_factory=dict)
    spots: dict[Path, Spot] = field(default_factory=dict)


def canonicalise(root: MappingNode, kind: str, vocabulary: Vocabulary) -> Canonical:
    """Turn the tree of a file of this kind into canonical data."""
    result = Canonical()
    walker = _Walker(vocabulary, result.spots)
    result.data = walker.walk(root, meta_schema(kind), kind, ())
    result.spots[()] = Spot(root.place, root.place, "")
    return result


@dataclass
class _Walker:
    vocabulary: Vocabulary
    spots: dict[Path, Spot]

    def walk(self, node: Node, schema: Schema, document: str, path: Path) -> Any:
        schema, document = resolve(schema, document)
        if "anyOf" in schema:
            schema, document = self._alternative(node, schema, document)
        if isinstance(node, MappingNode):
            return self._mapping(node, schema, document, path)
        if isinstance(node, SequenceNode):
            return self._sequence(node, schema, document, path)
        return self._scalar(node, schema)

    def _mapping(self, node: MappingNode, schema: Schema, document: str, path: Path) -> dict[str, Any]:
        properties: Mapping[str, Schema] = schema.get("properties", {})
        others = schema.get("additionalProperties")
        # In a form JSON Schema's own keywords are written as the standard has them, in every language.
        standard = schema.get("x-json-schema", ())
        data: dict[str, Any] = {}
        for member in node.members:
            canonical = member.key if member.key in standard else self.vocabulary.keyword(member.key)
            known = canonical in properties and (canonical == member.key or canonical not in standard)
            key = canonical if known else member.key
            below = properties[key] if known else others if isinstance(others, Mapping) else {}
            self.spots[(*path, key)] = Spot(member.value.place, member.place, member.key)
            data[key] = self.walk(member.value, below, document, (*path, key))
        return data

    def _sequence(self, node: SequenceNode, schema: Schema, document: str, path: Path) -> list[Any]:
        below = schema.get("items", {})
        for index, item in enumerate(node.items):
            self.spots[(*path, index)] = Spot(item.place, item.place, "")
        return [self.walk(item, below, document, (*path, i)) for i, item in enumerate(node.items)]

    def _scalar(self, node: ScalarNode, schema: Schema) -> Any:
        if "enum" in schema:
            return self._enumerated(node.text, schema["enum"])
        expected = schema.get("type")
        if expected == "boolean":
            return self._boolean(node)
        if schema.get("format") in _WORDED:
            return _WORDED[schema["format"]](node.text, self.vocabulary)
        if expected == "string" or "const" in schema or not node.plain:
            return node.text
        return _number_or_text(node.text, whole=expected == "integer", booleans=expected is None or isinstance(expected, list))

    def _enumerated(self, text: str, allowed: list[str]) -> str:
        if text in allowed:
            return text
        canonical = self.vocabulary.values.get(text, text)
        return canonical if canonical in allowed else text

    def _boolean(self, node: ScalarNode) -> bool | str:
        if not node.plain:
            return node.text
        return {**self.vocabulary.booleans, "true": True, "false": False}.get(node.text, node.text)

    @staticmethod
    def _alternative(node: Node, schema: Schema, document: str) -> tuple[Schema, str]:
        wanted = {MappingNode: "object", SequenceNode: "array"}.get(type(node), "scalar")
        for option in schema["anyOf"]:
            resolved, where = resolve(option, document)
            kind = resolved.get("type", "scalar")
            if kind == wanted or (wanted == "scalar" and kind not in ("object", "array")):
                return resolved, where
        return {}, document


def _number_or_text(text: str, *, whole: bool, booleans: bool) -> Any:
    # Leading zeros, signs with plus, exponents and words such as NaN stay the text that was typed.
    if len(text) <= _MAX_DIGITS:
        if _INTEGER.match(text):
            return int(text)
        if not whole and _DECIMAL.match(text):
            return Decimal(text)
    if booleans and text in ("true", "false"):
        return text == "true"
    return text
