"""A keyword that stands where it means nothing, and where it belongs: a level higher, or in another file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gehoor.core.text.suggestions import question
from gehoor.loading.keywords.meta_schemas import meta_schema, resolve, resolved_for, schema_below
from gehoor.loading.merge.source_map import Path
from gehoor.loading.validation.context import FileWords

_GROUPS: Final = ("any-of", "all-of", "none-of")
_HOMES: Final[Mapping[str, str]] = {
    "organisation": "organisatie.yaml",
    "complaint": "klacht.yaml",
    "channels": "kanalen.yaml",
    "course": "verloop.yaml",
    "terms": "een bestand met termijnen, in de map rules",
    "rules": "een bestand met regels, in de map rules",
    "law": "een bestand met een wet, in de map rules",
    "standard": "een bestand met een norm, in de map rules",
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


def too_deep(words: FileWords, path: Path) -> str:
    """Return where a key belongs that stands among names of one's own, and is a keyword of a group above it.

    In a condition any name may be a field; a word for "one of" is one that people use for our keyword.
    """
    names = [index for index, part in enumerate(path) if isinstance(part, str)]
    if not names:
        return ""
    key = path[: names[-1] + 1]
    spot = words.spot(key)
    meant = words.vocabulary.also_said.get(spot.word.lower(), ())
    if any(one in _GROUPS for one in meant) and spot.word != words.vocabulary.word(meant[0]):
        return question(words.vocabulary.word(meant[0]))
    typed = words.vocabulary.keyword(spot.word) is not None or key[-1] == spot.word
    return where_it_belongs(words, key[:-1], spot.word) if typed and _is_own_name(words, key) else ""


def _is_own_name(words: FileWords, key: Path) -> bool:
    """Say whether a key is no keyword where it stands, but a name that somebody gave."""
    schema, document = resolve(meta_schema(words.kind), words.kind)
    for part in key[:-1]:
        schema, document = resolved_for(schema, document, part)
        schema, document = schema_below(schema, document, part)
    schema, _ = resolved_for(schema, document, key[-1])
    return key[-1] not in schema.get("properties", {})


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
