"""Translations that stayed as they were while the text that they translate became another, by what was published.

Nobody has to note when a text was translated: the first of the versions in a row that hold a translation says which
text it was written for. A sentence that is looked up as it stands, needs none of this: when it changes, it is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from gehoor.core.text.canonical_json import content_hash, dump

_TRANSLATIONS: Final = "translations"
_TEXT: Final = "text"


@dataclass(frozen=True, slots=True)
class Stale:
    """A translation that may no longer say what is said: the text for which it was written, and what that is now."""

    language: str
    before: str
    text: str
    translation: str

    @property
    def key(self) -> str:
        """Return what is known by whoever says that it still holds: another when any of it is another."""
        return content_hash(dump([self.language, self.text, self.translation]))


_Key: TypeAlias = tuple[tuple[str, ...], str, str]
"""Where a translated text stands, without what only counts; the language; the translation."""
Translated: TypeAlias = Mapping[_Key, tuple[str, ...]]
"""Each translation of a version, with the texts that it translates there."""


def translated(document: Mapping[str, Any]) -> Translated:
    """Return what is translated in the canonical document of an agreement."""
    found: dict[_Key, list[str]] = {}
    for part in ("forms", "correspondence"):
        for path, language, text, translation in _pairs(document.get(part, {}), (part,)):
            found.setdefault((path, language, translation), []).append(text)
    return {key: tuple(texts) for key, texts in found.items()}


def stale(versions: Sequence[Translated]) -> Iterator[Stale]:
    """Yield the translations of the last of some versions (the first first) that were written for another text."""
    if not versions:
        return
    *earlier, last = versions
    for key, texts in last.items():
        first = _first_with(key, earlier, texts)
        gone = [one for one in first if not _among(one, texts)]
        # What was added with the words of another, was translated so.
        for text in texts if gone else ():
            if not _among(text, first):
                yield Stale(key[1], gone[0], text, key[2])


def _first_with(key: _Key, earlier: Sequence[Translated], texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts for which a translation was written: those of the first of the versions in a row that have
    it."""
    first = texts
    for version in reversed(earlier):
        if key not in version:
            break
        first = version[key]
    return first


def _among(text: str, others: Iterable[str]) -> bool:
    return _bare(text) in map(_bare, others)


def _bare(text: str) -> str:
    """Return a text without what says nothing else: capitals, signs and spaces."""
    return "".join(filter(str.isalnum, text.casefold()))


def _pairs(part: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, str, str]]:
    if isinstance(part, list):
        for one in part:
            # A place in a list is another one as soon as something comes before it.
            named = str(one["const"]) if isinstance(one, dict) and "const" in one else ""
            yield from _pairs(one, (*path, named) if named else path)
    elif isinstance(part, dict):
        said = part.get(_TRANSLATIONS)
        if isinstance(said, dict) and path[-1:] != ("properties",):
            for language, told in said.items():
                words = told if isinstance(told, dict) else {_TEXT: told}
                for word, translation in words.items():
                    if isinstance(part.get(word), str) and isinstance(translation, str):
                        yield (*path, word), language, part[word], translation
        for name, below in part.items():
            if name != _TRANSLATIONS or path[-1:] == ("properties",):
                yield from _pairs(below, (*path, name))
