"""Whether a file is as its meta-schema wants it, without saying why not: that takes several times as long.

What a keyword asks of a value, the validator says; only how schemas stand in each other is followed here, and each is
looked up once. Where they stand in each other in a way that is not followed, nothing is accepted: then the validator is
asked about all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final, TypeAlias

from gehoor.loading.keywords.meta_schemas import Schema, file_validator, meta_schema, resolve
from gehoor.loading.validation.formats import format_checker

Accepts: TypeAlias = Callable[[Any], bool]

_TYPES: Final[Mapping[str, type]] = {"string": str, "object": dict, "array": list}
_SILENT: Final = frozenset(("$schema", "$id", "$defs", "title", "additionalProperties"))
"""What asks nothing by itself; nor do our own keywords, with ``x-``."""
_SINGLE: Final = frozenset(
    ("type", "enum", "const", "format", "pattern", "minLength", "maxLength", "minimum", "maximum", "required")
) | frozenset(("exclusiveMinimum", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"))
"""What asks something of a value itself, and has no schema in it."""


@cache
def acceptance(kind: str) -> Accepts:
    """Return what says whether the data of a file of this kind is right."""
    return _Followed(kind).accepts(meta_schema(kind), kind)


class _Followed:
    """The schemas that were come across, each with the document it stands in."""

    def __init__(self, kind: str) -> None:
        self._validator: Any = file_validator(kind, format_checker())
        self._known: dict[tuple[int, str], Accepts] = {}

    def accepts(self, schema: Schema | bool, document: str) -> Accepts:
        if isinstance(schema, bool):
            return _everything if schema else _nothing
        key = id(schema), document
        if key not in self._known:
            # A condition holds conditions: what is asked for on the way is there by the time that it is needed.
            parts: list[Accepts] = []
            self._known[key] = _all(parts)
            parts += self._parts(schema, document)
        return self._known[key]

    def _parts(self, schema: Schema, document: str) -> Iterator[Accepts]:
        if "properties" in schema or "additionalProperties" in schema:
            yield self._members(schema, document)
        for keyword, asked in schema.items():
            if keyword in _SINGLE:
                yield self._single(keyword, asked, schema)
            elif keyword == "$ref":
                yield self.accepts(*resolve({"$ref": asked}, document))
            elif keyword == "items":
                yield _each_item(self.accepts(asked, document))
            elif keyword == "propertyNames":
                yield _each_name(self.accepts(asked, document))
            elif keyword in _OPTIONS:
                yield _OPTIONS[keyword]([self.accepts(one, document) for one in asked])
            elif keyword != "properties" and keyword not in _SILENT and not keyword.startswith("x-"):
                yield _nothing

    def _members(self, schema: Schema, document: str) -> Accepts:
        known = {name: self.accepts(one, document) for name, one in schema.get("properties", {}).items()}
        other = self.accepts(schema.get("additionalProperties", True), document)

        def accepts(value: Any) -> bool:
            if isinstance(value, dict):
                for name, one in value.items():
                    if not known.get(name, other)(one):
                        return False
            return True

        return accepts

    def _single(self, keyword: str, asked: Any, schema: Schema) -> Accepts:
        wanted = _TYPES.get(asked) if keyword == "type" and isinstance(asked, str) else None
        if wanted:
            return lambda value: isinstance(value, wanted)
        validator, errors = self._validator, self._validator.VALIDATORS[keyword]

        def accepts(value: Any) -> bool:
            return next(iter(errors(validator, asked, value, schema) or ()), None) is None

        if keyword != "pattern":
            return accepts
        # The same names come back in every file.
        known = lru_cache(maxsize=4096)(accepts)
        return lambda value: not isinstance(value, str) or known(value)


def _everything(_: Any) -> bool:
    return True


def _nothing(_: Any) -> bool:
    return False


def _all(parts: Sequence[Accepts]) -> Accepts:
    def accepts(value: Any) -> bool:
        for part in parts:  # noqa: SIM110 - a generator for each value would take longer than what is asked of it
            if not part(value):
                return False
        return True

    return accepts


def _any(options: Sequence[Accepts]) -> Accepts:
    return lambda value: any(option(value) for option in options)


def _one(options: Sequence[Accepts]) -> Accepts:
    return lambda value: sum(option(value) for option in options) == 1


def _each_item(accepts: Accepts) -> Accepts:
    return lambda value: not isinstance(value, list) or all(map(accepts, value))


def _each_name(accepts: Accepts) -> Accepts:
    return lambda value: not isinstance(value, dict) or all(map(accepts, value))


_OPTIONS: Final = {"allOf": _all, "anyOf": _any, "oneOf": _one}
