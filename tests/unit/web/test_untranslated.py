"""Every text that people see on a page can be said in another language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from tests.catalogues.texts import WEB

TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
NAMES = {"Gehoor"}
"""Words that are the same in every language."""
_SPOKEN = re.compile(r'(?:aria-label|title|placeholder|alt)="([^"{}]+)"')
_ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')
"""Also one that a macro puts in a tag elsewhere."""
_ENTITY = re.compile(r"&[a-z]+;")
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W\d_]{2,}")


def literal_texts(template: str) -> list[str]:
    """Return the words of a template that are not asked of a catalogue."""
    environment = Environment()
    pieces = []
    for _, kind, text in environment.lex(template):
        if kind == "data":
            pieces.append(text)
        elif kind in ("variable_begin", "block_begin"):
            pieces.append("\0")
    whole = "".join(pieces)
    between = whole
    for not_spoken in (_TAG, _ATTRIBUTE, _ENTITY):
        between = not_spoken.sub(" ", between)
    spoken = [*_SPOKEN.findall(whole), between]
    return [word for text in spoken for word in _WORD.findall(text) if word not in NAMES]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    assert literal_texts(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Hallo</p>",
        '<a href="/" title="Naar huis">{{ x }}</a>',
        "{% if a %}Ja{% endif %}",
        '<p class="{{ c }}">Dag</p>',
    ],
)
def test_a_word_that_is_forgotten_is_found(template: str) -> None:
    assert literal_texts(template)


@pytest.mark.parametrize(
    "template", ["{{ _('Hallo') }}", '<p class="groot">&middot; {{ x }}</p>', "{# Uitleg #}"]
)
def test_what_is_no_text_is_not_taken_for_one(template: str) -> None:
    assert literal_texts(template) == []
