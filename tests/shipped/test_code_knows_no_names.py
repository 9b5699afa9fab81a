"""No code, page or script knows what an organisation calls its fields, roles, phases, letters or kinds of message."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gehoor.core.agreement.model import Agreement
from tests.guard.checkout import PACKAGE, modules_of
from tests.shipped.examples import examples

EVERYDAY = {
    "aanvaard": "what gehoor doctor says of a finding",
    "anoniem": "the anchor of a part of the page of a department",
    "antwoord": "a part of a form about accounts",
    "bedrag": "what people write for the type number",
    "bevestigd": "what the log of accounts says",
    "bijlagen": "what gehoor restore counts",
    "datum": "what people write for the format date",
    "effect": "a detail of a problem",
    "ernst": "a part of the address of the work list",
    "herinnering": "what gehoor sweep counts",
    "inhoud": "the anchor of the content of each page",
    "klacht": "a file of the workspace, and a password that is refused",
    "melding": "what gehoor sweep counts",
    "omschrijving": "a column of gehoor access",
    "onthaal": "a password that is refused",
    "ontvangst": "a sentence about numbering",
    "op": "a word in a sentence",
    "opmerking": "a part of the form of a duty",
    "overgedragen": "what the log of accounts says",
    "registratie": "a sentence about numbering",
    "soort": "a part of the address of the work list, and a column of gehoor access",
    "status": "a word of HTML and of our own data",
    "te-laat": "a part of the address of the work list",
    "tekst": "a kind of value in the reference, and what gehoor translations counts",
    "type": "a word of HTML and of JSON Schema",
    "van": "a part of forms with two days, and of names of people",
}
"""Everyday words that an example gives something as its name, and that the platform uses for something else: what."""

STANDARD = {
    "core/exchange/zgw_": {"onderwerp", "registratiedatum", "resultaat", "verantwoordelijke", "waarde"}
}
"""Modules that write somebody else's standard, with its words that an example gives something as its name too."""

_QUOTED = re.compile(r"""(["'])([a-z][a-z0-9_-]*)\1""")


def names() -> dict[str, str]:
    """Return what the examples call their own things, each with what that is."""
    return {name: what for one in examples().departments for name, what in _names(one.agreement)}


def _names(of: Agreement) -> Iterator[tuple[str, str]]:
    for form in of.forms.values():
        for field in form.fields.values():
            yield field.id, "field"
            yield from ((member, "field") for member in field.members)
    for what, group in (
        ("role", of.roles),
        ("phase", of.phases),
        ("letter", of.letters),
        ("kind", of.kinds),
    ):
        yield from ((name, what) for name in group)


def strings(file: Path) -> Iterator[tuple[int, str]]:
    """Yield each text that is written out in a file, with its line."""
    text = file.read_text("utf-8")
    if file.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.lineno, node.value
    else:
        for number, line in enumerate(text.splitlines(), start=1):
            yield from ((number, found[1]) for found in _QUOTED.findall(line))


@cache
def written() -> frozenset[tuple[str, str]]:
    """Return each text that is written out in the code, the pages and the scripts, with the place."""
    pages, scripts = (PACKAGE / "web").rglob("*.html"), (PACKAGE / "web" / "static").rglob("*.js")
    return frozenset(
        (text, f"{file.relative_to(PACKAGE)}:{line}")
        for file in (*modules_of(), *pages, *scripts)
        for line, text in strings(file)
    )


def test_no_name_of_an_example_is_written_out() -> None:
    known = names()
    found = {
        (place, known[text], text)
        for text, place in written()
        if text in known and text not in EVERYDAY and not _of_a_standard(text, place)
    }
    assert found == set()


def _of_a_standard(text: str, place: str) -> bool:
    return any(place.startswith(module) and text in words for module, words in STANDARD.items())


def test_nor_is_the_name_of_an_example_itself() -> None:
    known = {one.organisation for one in examples().departments}
    assert {(place, text) for text, place in written() if text in known} == set()


@pytest.mark.parametrize("word", EVERYDAY)
def test_an_exception_is_an_everyday_word_that_is_still_used_for_both(word: str) -> None:
    assert word in names()
    assert any(text == word for text, _ in written())
    assert "_" not in word
