"""What may stand at a keyword, told in Dutch from its meta-schema."""

from __future__ import annotations

from collections.abc import Mapping

from gehoor.loading.keywords.inventory import group_below
from gehoor.loading.keywords.meta_schemas import Schema
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary

_FORMATS: Mapping[str, str] = {
    "gehoor-duration": "een getal en een eenheid",
    "gehoor-reminder": "een getal, een eenheid en `vooraf`",
    "gehoor-day": "een datum, een veld, of `1 jaar voor` of `2 weken na` en een veld",
    "gehoor-bound": "een datum, een veld, `vandaag`, of `1 jaar voor` of `2 weken na` en een van beide",
    "gehoor-calculation": "een som, zoals `ernst x herhaalkans`",
    "gehoor-time": "een uur",
    "gehoor-time-zone": "een tijdzone",
    "gehoor-pattern": "een patroon",
    "gehoor-color": "een kleur",
    "gehoor-number-pattern": "tekst met plaatsen",
    "gehoor-letter": "tekst met plaatsen",
    "gehoor-outgoing-letter": "tekst met plaatsen",
    "date": "een datum",
    "email": "een e-mailadres",
    "gehoor-https": "een adres dat met `https://` begint",
}


def expected(schema: Schema, document: str, links: list[str]) -> str:
    """Return what may stand there; ``links`` lead to the groups that are part of it."""
    schema, document, _ = group_below(schema, document, "")
    group = " of ".join(links)
    if schema.get("type") == "array":
        return f"een lijst: {expected(schema.get('items', {}), document, links)}"
    options = schema.get("anyOf", ())
    if options and "enum" in options[0]:
        return ", ".join(
            [_single(options[0]), *(f"of {expected(one, document, links)}" for one in options[1:])]
        )
    if "properties" in schema or options:
        return group or "een waarde, of een lijst met waarden"
    if schema.get("type") == "object":
        return f"namen, elk met {_member(schema, document, links)}"
    return _single(schema)


def _member(schema: Schema, document: str, links: list[str]) -> str:
    below = schema.get("additionalProperties")
    return expected(below, document, links) if isinstance(below, Mapping) else " of ".join(links)


def _single(schema: Schema) -> str:
    if "enum" in schema:
        words = load_vocabulary(DEFAULT_LANGUAGE)
        return ", ".join(f"`{words.value_word(value)}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "format" in schema:
        return _FORMATS[schema["format"]]
    return _of_type(schema)


def _of_type(schema: Schema) -> str:
    kind = schema.get("type")
    if isinstance(kind, list):
        return "een tekst, een getal, of ja of nee"
    if kind == "boolean":
        return "`ja` of `nee`"
    if kind not in ("integer", "number"):
        return str(schema.get("title", "tekst"))
    if "minimum" in schema and "maximum" in schema:
        return f"een getal van {schema['minimum']} tot en met {schema['maximum']}"
    more = schema.get("exclusiveMinimum")
    return "een getal" if more is None else f"een getal, meer dan {more}"
