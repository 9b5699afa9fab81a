"""The vocabulary: which word of a file's language means which canonical keyword or value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gehoor.loading.source.shipped import texts_in

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
    also_said: Mapping[str, tuple[str, ...]]
    """A word that people use -> the canonical keywords that they may mean by it."""
    written_keywords: Mapping[str, str]
    written_values: Mapping[str, str]
    written_placeholders: Mapping[str, str]

    def keyword(self, word: str) -> str | None:
        """Return the canonical keyword of a word, or None when this language has another word for it.

        A word that no vocabulary knows stays what it is: it may be a name that someone chose.
        """
        spelled = word.replace(" ", "-")
        if spelled in self.keywords:
            return self.keywords[spelled]
        if not self.written_keywords:
            # The canonical words themselves; a hyphen may be a space, as in every language.
            return spelled
        return None if spelled in self.written_keywords else word

    def word(self, canonical: str) -> str:
        """Return the file's word for a canonical keyword."""
        return self.written_keywords.get(canonical, canonical)

    def value_word(self, canonical: str) -> str:
        """Return the file's word for a canonical value."""
        return self.written_values.get(canonical, canonical)

    def value_words(self, canonical: str) -> tuple[str, ...]:
        """Return every way in which the file may write a canonical value."""
        return tuple(word for word, value in self.values.items() if value == canonical) or (canonical,)

    def unit_words(self, canonical: str) -> tuple[str, ...]:
        """Return the file's words for a unit of time: the plural first, the singular last."""
        return tuple(word for word, unit in self.duration_units.items() if unit == canonical)

    def boolean_word(self, *, truth: bool) -> str:
        """Return the file's word for yes or no."""
        return next(word for word, means in self.booleans.items() if means is truth)

    def place_word(self, canonical: str) -> str:
        """Return the file's word for a place in a number or letter."""
        return self.written_placeholders.get(canonical, canonical)


class VocabularyError(Exception):
    """A vocabulary file gives one word two meanings."""


@cache
def load_vocabulary(language: str) -> Vocabulary:
    """Return the vocabulary of a language. Raises ``KeyError`` when it is not shipped."""
    source = files("gehoor") / "schemas" / "vocabulary" / f"{language}.yaml"
    if language not in shipped_languages():
        raise KeyError(language)
    # Only keywords that the platform ships are read here, never a coordinator's file.
    data = texts_in(source.read_bytes(), source.name)
    return Vocabulary(
        language=data["language"],
        keywords=_inverse({canonical: [word] for canonical, word in data["keywords"].items()}),
        values=_inverse(data["values"]),
        booleans={word: key == "true" for key, words in data["booleans"].items() for word in words},
        duration_units=_inverse(data["duration-units"]),
        reminder_suffixes=tuple(data["reminder-suffix"]),
        placeholders=_inverse({canonical: [word] for canonical, word in data["placeholders"].items()}),
        also_said={word: tuple(meant) for word, meant in data.get("also-said", {}).items()},
        written_keywords=dict(data["keywords"]),
        written_values={canonical: words[0] for canonical, words in data["values"].items()},
        written_placeholders=dict(data["placeholders"]),
    )


@cache
def shipped_languages() -> tuple[str, ...]:
    """Return the languages in which files may be written."""
    folder = files("gehoor") / "schemas" / "vocabulary"
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir()))


@cache
def language_words() -> frozenset[str]:
    """Return the word for "language" in every shipped language: each may be used in any file."""
    return frozenset(load_vocabulary(language).word("language") for language in shipped_languages())


@cache
def yes_no_words() -> Mapping[str, bool]:
    """Return the words for yes and no of every shipped language."""
    languages = (load_vocabulary(language) for language in shipped_languages())
    return {word: truth for vocabulary in languages for word, truth in vocabulary.booleans.items()}


@cache
def today_words() -> frozenset[str]:
    """Return the words for today of every shipped language."""
    languages = (load_vocabulary(language) for language in shipped_languages())
    return frozenset(vocabulary.value_word("today") for vocabulary in languages)


def _inverse(words: Mapping[str, list[str]]) -> dict[str, str]:
    inverse: dict[str, str] = {}
    for canonical, spellings in words.items():
        for spelling in spellings:
            if inverse.setdefault(spelling, canonical) != canonical:
                raise VocabularyError(f"{spelling!r} means both {inverse[spelling]!r} and {canonical!r}")
    return inverse
