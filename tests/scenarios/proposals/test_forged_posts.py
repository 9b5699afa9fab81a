"""Whoever sends what no page of the workbench sends is told no, and never that something broke."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.site import Site, Visitor
from tests.support.workbench import LINDE, TERMS, WHO_WE_ARE, WORKPLACE, begun, replaced, sent

PEOPLE = {
    "els": "de-linde/*:kwaliteitscoordinator",
    "tine": "de-linde/*:teamverantwoordelijke",
    "bo": "de-linde/beukenhof:kwaliteitscoordinator",
    "dirk": "de-linde/*:algemeen-directeur",
}
WAYS = (
    "opmerking", "opmerking/1/klaar", "opmerking/99999999999999999999/klaar", "akkoord", "publiceren", "vertalen",
    "vraag", "regel", "ongedaan", "opnieuw", "bijwerken", "naam", "intrekken", *(f"{way}/{file}{place}"
    for way in ("ding", "erbij", "weg", "plaats", "naam", "tekst")
    for file in (TERMS, "rules/de-linde/geen.yaml", "x%00y")
    for place in ("", "?p=termijnen&p=ontvangstmelding", "?p=%230", "?p=%23999999", "?p=termijnen&p=%231&p=a&p=b")),
    f"tekst/{TERMS}/nakijken",
)  # fmt: skip
ODD: tuple[dict[str, Any], ...] = (
    {},
    {"gezien": "0" * 64, "tekst": "\x00\ufeff\u2028\x85", "naam": "\x00", "naar": "-1", "gevraagd": "\x00"},
    {
        "tekst": "a: &a [*a, !!python/object/apply:os.system ['id']]\n<<: *a\n",
        "naam": "../../x",
        "afdeling": "../../../etc/passwd",
        "soort": "!!python/name:os.system",
        "naar": "9" * 4000,
        "vanaf": "0000-00-00",
        "taal": "nl",
        "zin": "x",
        "vertaling": "y",
        "bij": "\u202e" * 600,
        "titel": "\x1b[2J",
        "terug": "//elders.example/",
        "gevraagd": ["", "binnen", "binnen"],
        "w_binnen": ["*a", "3 werkdagen\n---\nx: y"],
        "w_": "&a *a",
    },
)


@pytest.mark.parametrize("each", [5, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_breaks_whatever_is_sent(site: Site, name: str, each: int) -> None:
    visitor = site.staff(name, PEOPLE[name])
    if name != "els":
        site.add_staff("els", PEOPLE["els"])
    room = f"{WORKPLACE}/voorstel/{begun(site.runtime).id}"
    answers = [
        (way, odd, sent(visitor, f"{room}/{way}", **odd))
        for odd in ODD
        for way in WAYS[len(name) % each :: each]
    ]
    answers += [
        (way, {"organisatie": name}, sent(visitor, f"{WORKPLACE}/{way}", organisatie=name, titel="x"))
        for way in ("voorstel", "inbrengen", "nieuw")
        for name in ("", LINDE, "waterhof", "../x", "\x00")
    ]
    broken = [(way, odd, one.status_code) for way, odd, one in answers if one.status_code >= 500]
    assert broken == []


def room(site: Site, name: str = "els") -> tuple[Visitor, str, str]:
    visitor = site.staff(name, PEOPLE[name])
    seen = replaced(site.runtime, begun(site.runtime), WHO_WE_ARE, "naam: Onthaal", "naam: Balie")
    return visitor, f"{WORKPLACE}/voorstel/{seen.id}", seen.tree


@pytest.mark.parametrize(
    "odd",
    [
        "{room}/lezen\r\nSet-Cookie: a=b", "{room}/lezen\nx", "//elders.example/", "https://elders.example/",
        "{room}\\elders", "{room}/\\elders.example", "{room}/../../../uit", "{room}/" + "a" * 9000,
    ],
)  # fmt: skip
def test_nobody_is_led_elsewhere(site: Site, odd: str) -> None:
    els, where, tree = room(site)
    answer = sent(els, f"{where}/ongedaan", gezien=tree, terug=odd.format(room=where))
    assert answer.status_code == 303
    assert answer.location == f"{where}?gedaan=teruggenomen"
    assert "Set-Cookie: a=b" not in str(answer.headers)


def test_whoever_takes_back_stays_where_they_were(site: Site) -> None:
    els, where, tree = room(site)
    answer = sent(
        els, f"{where}/ongedaan", gezien=tree, terug=f"{where}/ding/{TERMS}?p=termijnen&gedaan=gewijzigd"
    )
    assert answer.location == f"{where}/ding/{TERMS}?p=termijnen&gedaan=teruggenomen"


def test_a_place_is_no_deeper_than_a_file_can_be(site: Site) -> None:
    els, where, _tree = room(site)
    deep = "&".join(["p=a"] * 21)
    assert els.get(f"{where}/ding/{TERMS}?{deep}").status_code == 404
    assert els.get(f"{where}/ding/{TERMS}?{deep[4:]}").status_code == 200
