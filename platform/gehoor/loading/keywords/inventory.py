"""Every keyword of the meta-schemas, by the group that it stands in: for who describes or exports them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from gehoor.loading.keywords.meta_schemas import FILE_KINDS, Schema, meta_schema, resolve


@dataclass(frozen=True)
class Keyword:
    """A keyword in a group. ``standard``: a word of JSON Schema or HTML, written so in every language."""

    canonical: str
    group: str
    standard: bool
    required: bool
    schema: Schema = field(repr=False)
    document: str


@dataclass(frozen=True)
class Group:
    """Keywords that stand together: a file, or a part of one."""

    id: str
    keywords: tuple[Keyword, ...]

    @property
    def is_file(self) -> bool:
        """Whether this is the top of a kind of file."""
        return self.id.endswith(_FILE)


_FILE = "-file"
_HTML_AND_JSON_SCHEMA = ("$ref", "autocomplete")


def file_group(kind: str) -> str:
    """Return the id of the group at the top of a kind of file."""
    return f"{kind}{_FILE}"


def is_standard(name: str, schema: Schema) -> bool:
    """Say whether a keyword of a schema is written the same in every language."""
    return name in schema.get("x-json-schema", ()) or name in _HTML_AND_JSON_SCHEMA


@cache
def groups() -> dict[str, Group]:
    """Return every group, each once; the groups at the top of files first come in the order of the files."""
    found: dict[str, Group] = {}
    for kind in FILE_KINDS:
        _collect(meta_schema(kind), kind, file_group(kind), found)
    return found


def group_below(schema: Schema, document: str, name: str) -> tuple[Schema, str, str]:
    """Follow a reference. A shared definition names the group; without one it is called as it was."""
    if "$ref" not in schema or not isinstance(schema["$ref"], str):
        return schema, document, name
    defined = schema["$ref"].rpartition("/")[2]
    resolved, where = resolve(schema, document)
    return resolved, where, defined


def groups_in(keyword: Keyword) -> tuple[str, ...]:
    """Return the groups that can stand at a keyword."""
    found: dict[str, Group] = {}
    _collect(keyword.schema, keyword.document, keyword.canonical, found, deep=False)
    return tuple(found)


def _collect(schema: Schema, document: str, name: str, found: dict[str, Group], *, deep: bool = True) -> None:
    schema, document, name = group_below(schema, document, name)
    if "properties" in schema:
        if name in found:
            return
        found[name] = Group(name, tuple(_keywords(schema, document, name)))
        if deep:
            for keyword in found[name].keywords:
                _collect(keyword.schema, document, keyword.canonical, found)
    if deep or "properties" not in schema:
        for below in _parts(schema):
            _collect(below, document, name, found, deep=deep)


def _keywords(schema: Schema, document: str, group: str) -> Iterator[Keyword]:
    required = schema.get("required", ())
    for name, below in schema["properties"].items():
        yield Keyword(name, group, is_standard(name, schema), name in required, below, document)


def _parts(schema: Schema) -> Iterator[Schema]:
    parts = (schema.get("additionalProperties"), schema.get("items"), *schema.get("anyOf", ()))
    yield from (part for part in parts if isinstance(part, dict))
