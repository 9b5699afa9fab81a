"""The words that are no keywords, as tables: fixed values, units of time and places in braces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gehoor.loading.keywords.descriptions import Descriptions
from gehoor.loading.keywords.inventory import group_below, groups
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary

TITLES = ("Vaste waarden", "Eenheden van tijd", "Plaatsen in nummers en brieven")
"""The titles of the tables."""

_ENGLISH = "en"


def word_tables(descriptions: Descriptions) -> Iterator[str]:
    """Give the lines of the tables, in Markdown."""
    values, units, places = TITLES
    yield from _table(values, "bij | Nederlands | Engels | wat het betekent", _values(descriptions))
    yield from _table(units, "Nederlands | Engels | wat het betekent", _units(descriptions))
    yield from _table(places, "Nederlands | Engels | wat het betekent", _places(descriptions))


def _table(title: str, head: str, rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"## {title}\n\n| {head} |\n|{'---|' * (head.count('|') + 1)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _values(descriptions: Descriptions) -> Iterator[tuple[str, ...]]:
    dutch = load_vocabulary(DEFAULT_LANGUAGE)
    seen = set()
    for keyword in (keyword for group in groups().values() for keyword in group.keywords):
        word = keyword.canonical if keyword.standard else dutch.word(keyword.canonical)
        schema = group_below(keyword.schema, keyword.document, "")[0]
        for value in (value for one in (schema, *schema.get("anyOf", ())) for value in one.get("enum", ())):
            if (word, value) not in seen:
                seen.add((word, value))
                spelled = _either(dutch.value_words(value))
                yield f"`{word}`", spelled, f"`{value}`", descriptions.value(value, keyword.canonical)


def _units(descriptions: Descriptions) -> Iterator[tuple[str, ...]]:
    dutch, english = load_vocabulary(DEFAULT_LANGUAGE), load_vocabulary(_ENGLISH)
    for unit, says in descriptions.units.items():
        yield _either(dutch.unit_words(unit)), _either(english.unit_words(unit)), says


def _places(descriptions: Descriptions) -> Iterator[tuple[str, ...]]:
    dutch = load_vocabulary(DEFAULT_LANGUAGE)
    for place, says in descriptions.places.items():
        yield f"`{{{dutch.place_word(place)}}}`", f"`{{{place}}}`", says


def _either(words: Iterable[str]) -> str:
    return " of ".join(f"`{word}`" for word in words)
