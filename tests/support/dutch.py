"""Telling Dutch from other languages, by words that only Dutch has."""

from __future__ import annotations

import re
from html.parser import HTMLParser

ONLY_DUTCH = (
    "aan", "deze", "dag", "dagen", "door", "een", "eerst", "geen", "gedaan", "hebt",
    "het", "iemand", "jaar", "maand", "melder", "maanden", "moet", "naar", "niet", "nog", "of", "om", "onze", "op",
    "over", "reden", "telt", "termijn", "tot", "uit", "uur", "uw", "van", "vanaf", "volgens", "voor", "want",
    "wat", "weken", "werkdag", "werkdagen", "kalenderdag", "kalenderdagen", "wij", "wilt", "zijn",
    "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag",
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "oktober",
)  # fmt: skip
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_READ_ALOUD = ("aria-label", "title", "placeholder", "alt", "data-lost", "data-kept")
_WORD = re.compile(r"[^\W\d_]+")


def dutch_words(text: str) -> set[str]:
    """Return the words of a text that only Dutch has."""
    return set(_WORD.findall(text.lower())) & set(ONLY_DUTCH)


class _Spoken(HTMLParser):
    """What a page says in its own language: texts and what is read aloud, but for parts that say they are Dutch."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._languages: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang") or (self._languages[-1][1] if self._languages else "")
        if language != "nl":
            self.said += [given[name] for name in _READ_ALOUD if name in given]
        if tag not in _VOID:
            self._languages.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self._languages and self._languages.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._languages and self._languages[-1][1] != "nl" and self._languages[-1][0] != "script":
            self.said.append(data)


def dutch_on(html: str) -> dict[str, set[str]]:
    """Return the texts of a page in another language that have Dutch words in them and do not say so."""
    return {text.strip(): found for text in _Spoken(html).said if (found := dutch_words(text))}
