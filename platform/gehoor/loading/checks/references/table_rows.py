"""Rows of tables: each gives a value where the table names a field, and each says what follows where it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import listed
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.effect_places import gives_effects
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, Vocabulary, load_vocabulary
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def row_problems(whole: Sourced, vocabularies: Mapping[str, Vocabulary]) -> Iterator[Problem]:
    """Yield the rows that lack what the others of their table have, and those that have what does not go with it."""
    for name, table in (whole.data.get("tables") or {}).items():
        path: Path = ("tables", name)
        words = vocabularies.get(whole.spot(path).key.file) or load_vocabulary(DEFAULT_LANGUAGE)
        wanted, other = ("then", "value") if gives_effects(table) else ("value", "then")
        # What does not go together is told by the word that says which kind of table it is.
        kind = "then" if wanted == "then" else "derive"
        for index, row in enumerate(table.get("rows") or ()):
            yield from _row(whole, (*path, "rows", index), row, (wanted, other), words.word(kind), words)
        yield from _otherwise(whole, (*path, "otherwise"), table, wanted, words)


def _row(
    whole: Sourced,
    path: Path,
    row: Mapping[str, Any],
    keywords: tuple[str, str],
    kind: str,
    words: Vocabulary,
) -> Iterator[Problem]:
    wanted, other = keywords
    if other in row:
        details = {"word": words.word(other), "effect": kind}
        yield Problem(whole.spot((*path, other)).key, "past-niet-bij-gevolg", details)
    elif wanted not in row:
        # Of a table that names no field and has no effects, nobody knows which of the two it is to be.
        open_to_both = wanted == "value" and "derive" not in whole.at(path[:2])
        asked = [words.word(one) for one in (keywords if open_to_both else (wanted,))]
        yield Problem(whole.spot(path).value, "ontbreekt", {"missing": listed(asked, "of")})


def _otherwise(
    whole: Sourced, path: Path, table: Mapping[str, Any], wanted: str, words: Vocabulary
) -> Iterator[Problem]:
    if "otherwise" not in table or isinstance(table["otherwise"], Mapping) == (wanted == "then"):
        return
    if wanted == "then":
        yield Problem(whole.spot(path).value, "ontbreekt", {"missing": listed([words.word("then")])})
    else:
        details = {"word": words.word("then"), "effect": words.word("derive")}
        yield Problem(whole.spot((*path, "then")).key, "past-niet-bij-gevolg", details)


CHECK = Check(
    Pass.REFERENCES,
    ("past-niet-bij-gevolg", "ontbreekt"),
    lambda on: row_problems(on.whole, on.vocabularies),
)
