"""The vocabulary: which word of a file's language means which canonical keyword or value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

DEFAULT_LANGUAGE = "nl"


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language. A word means one thing, wherever it stands."""

    language: str
    keywords: Mapping[str, str]
    """The file's keyword -> the canonical keyword."""
    values: Mapping[str, str]
    """The file's keyword value -> the canonical value."""
    booleans: Mapping[str, bool]
    duration_units: Mapping[str, str]
    """The file's word for a unit of time, singular and plural -> the canonical unit."""
    reminder_suffixes: tuple[str, ...]
    placeholders: Mapping[str, str]
    """The file's word for a place in a number or letter -> the canonical word."""
    written_keywords: Mapping[str, str]
    written_values: Mapping[str, str]

    def keyword(self, word: str) -> str:
        """Return the canonical keyword of a word; a word without a meaning stays what it is."""
        return self.keywords.get(word.replace(" ", "-"), word)

    def word(self, canonical: str) -> str:
        """Return the file's word for a canonical keyword."""
        return self.written_keywords.get(canonical, canonical)

    def value_word(self, canonical: str) -> str:
        """Return the file's word for a canonical value."""
        return self.written_values.get(canonical, canonical)


class VocabularyError(Exception):
    """A vocabulary file gives one word two meanings."""


@cache
def load_vocabulary(language: str) -> Vocabulary:
    """Return the vocabulary of a language. Raises ``KeyError`` when it is not shipped."""
    source = files("gehoor") / "schemas" / "vocabulary" / f"{language}.yaml"
    if not source.is_file():
        raise KeyError(language)
    # Only keywords that the platform ships are read here, never a coordinator's file.
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(source.read_text("utf-8"))
    return Vocabulary(
        language=data["language"],
        keywords=_inverse({canonical: [word] for canonical, word in data["keywords"].items()}),
        values=_inverse(data["values"]),
        booleans={word: key == "true" for key, words in data["booleans"].items() for word in words},
        duration_units=_inverse(data["duration-units"]),
        reminder_suffixes=tuple(data["reminder-suffix"]),
        placeholders={word: canonical for canonical, word in data["placeholders"].items()},
        written_keywords=dict(data["keywords"]),
        written_values={canonical: words[0] for canonical, words in data["values"].items()},
    )


@cache
def shipped_languages() -> tuple[str, ...]:
    """Return the languages in which files may be written."""
    folder = files("gehoor") / "schemas" / "vocabulary"
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir()))


def _inverse(words: Mapping[str, list[str]]) -> dict[str, str]:
    inverse: dict[str, str] = {}
    for canonical, spellings in words.items():
        for spelling in spellings:
            if inverse.setdefault(spelling, canonical) != canonical:
                raise VocabularyError(f"{spelling!r} means both {inverse[spelling]!r} and {canonical!r}")
    return inverse
