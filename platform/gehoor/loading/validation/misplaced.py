"""A keyword that stands where it means nothing, and where it belongs: a level higher, or in another file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gehoor.loading.keywords.meta_schemas import meta_schema, resolve, resolved_for, schema_below
from gehoor.loading.merge.source_map import Path
from gehoor.loading.validation.context import FileWords

_HOMES: Final[Mapping[str, str]] = {
    "organisation": "organisatie.yaml",
    "complaint": "klacht.yaml",
    "channels": "kanalen.yaml",
    "course": "verloop.yaml",
    "terms": "een bestand met termijnen, in de map rules",
    "rules": "een bestand met regels, in de map rules",
    "law": "een bestand met een wet, in de map rules",
    "form": "een formulier, in de map forms",
    "letter": "een brief, in de map brieven",
    "department": "het bestand van een afdeling",
}
"""Kind of file -> where what belongs in it is written. A department comes last: it repeats what others say."""


def where_it_belongs(words: FileWords, path: Path, word: str) -> str:
    """Return where a word belongs that stands at a path (of the group it is in); nothing when it is no keyword."""
    canonical = words.vocabulary.keyword(word)
    name = canonical if canonical is not None else word
    level = _level(words, path, name)
    if level is not None:
        above = words.word(path[:level]) if level else ""
        home = f"een niveau hoger, bij '{above}'" if above else "bovenaan dit bestand, zonder inspringen"
        return f" '{word}' hoort {home}."
    homes = [kind for kind in _HOMES if kind != words.kind and name in meta_schema(kind)["properties"]]
    return f" Dat hoort in {_HOMES[homes[0]]}." if homes and not path else ""


def _level(words: FileWords, path: Path, name: str) -> int | None:
    """Return how deep the nearest group above a path stands in which a keyword can be."""
    schema, document = resolve(meta_schema(words.kind), words.kind)
    found = None
    for depth, part in enumerate(path):
        schema, document = resolved_for(schema, document, part)
        if name in schema.get("properties", {}):
            found = depth
        schema, document = schema_below(schema, document, part)
    return found
