"""Places at which nothing stands yet: shown as if it did, and written with the groups that it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gehoor.loading.editing.edits import changed
from gehoor.loading.editing.spans import NoSpansError, node_at, spans_of
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.editing.values import Value, Word
from gehoor.loading.keywords.meta_schemas import meta_schema, resolve
from gehoor.loading.sheets.places import Found, NoSheetError, Source, place, source_in


class FillError(ValueError):
    """What was filled in cannot be written. ``word``: at which keyword; ``reason``: why, as a code."""

    def __init__(self, word: str, reason: str) -> None:
        super().__init__(f"{word}: {reason}")
        self.word = word
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Changed:
    """A file as it becomes."""

    file: str
    text: str


def text_of(workspace: Path, file: str) -> str:
    """Return what a file holds, with the mark that it may begin with. Raises ``NoSheetError``."""
    try:
        return (workspace / file).read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise NoSheetError(file) from error


def grown(source: Source, path: Steps) -> Source:
    """Return a file as if something, still empty, stood at a path. Raises ``NoSheetError``."""
    if not path or not is_missing(source.text, path):
        return source
    try:
        text = put_below(source.text, path, [] if _is_list(source, path) else {})
    except FillError as error:
        raise NoSheetError(source.file) from error
    return source_in(text.encode(), source.file)


def put_below(text: str, path: Steps, value: Value) -> str:
    """Return a text with a value at a path of which the groups may be new. Raises ``FillError``."""
    try:
        for at in range(1, len(path)):
            if is_missing(text, path[:at]):
                for step in reversed(path[at:]):
                    value = {str(step): value}
                return changed(text, path[:at], value)
        return changed(text, path, value)
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error


def is_missing(text: str, path: Steps) -> bool:
    """Say whether nothing stands at a path."""
    try:
        node_at(spans_of(text.removeprefix("\ufeff")), path)
    except KeyError:
        return True
    return False


def saying(text: str, source: Source, path: Steps, begin: Mapping[str, str]) -> str:
    """Return a text of which the thing at a path says what it begins with: keywords and values, in canonical words."""
    for keyword, value in begin.items():
        found = _below(place(source, path)[-1], keyword)
        number = found.get("type") in ("integer", "number")
        word = source.vocabulary.value_word(value)
        text = put_below(text, (*path, _word(source, path, keyword)), Word(value) if number else word)
    return text


def _below(found: Found, keyword: str) -> Mapping[str, object]:
    schema, document = resolve(found.schema, found.document)
    return resolve(schema.get("properties", {}).get(keyword, {}), document)[0]


def _word(source: Source, path: Steps, keyword: str) -> str:
    schema, _ = resolve(place(source, path)[-1].schema, place(source, path)[-1].document)
    return keyword if keyword in schema.get("x-json-schema", ()) else source.vocabulary.word(keyword)


def _is_list(source: Source, path: Steps) -> bool:
    schema, document = meta_schema(source.kind), source.kind
    for step in path:
        schema, document = resolve(schema, document)
        known = source.vocabulary.keyword(str(step))
        properties, others = schema.get("properties", {}), schema.get("additionalProperties")
        standard = schema.get("x-json-schema", ())
        if step in standard:
            schema = properties.get(step, {})
        elif known in properties:
            schema = properties[known]
        elif isinstance(step, int):
            schema = schema.get("items", {})
        else:
            schema = others if isinstance(others, dict) else {}
    return resolve(schema, document)[0].get("type") == "array"
