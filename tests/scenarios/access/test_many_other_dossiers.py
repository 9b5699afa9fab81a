"""However many dossiers there are of the same person, those that one may not know of change nothing that is told."""

from __future__ import annotations

import pytest

from gehoor.services.dossiers.viewing import OpenedDossier, look
from gehoor.services.register.register import reading
from gehoor.services.search.related import related
from tests.scenarios.access.test_told_by_other_dossiers import house
from tests.support.clock import at
from tests.support.de_linde import open_by_web
from tests.support.site import Site

WORDS = (
    "soep",
    "bed",
    "lift",
    "tuin",
    "raam",
    "was",
    "muziek",
    "kapper",
    "arts",
    "deur",
    "licht",
    "water",
    "fruit",
)
THEIRS, ANOTHERS = "els@voorbeeld.be", "ander@voorbeeld.be"


def opened(site: Site, many: int) -> OpenedDossier:
    """Have one person tell so many different things, and open the last as Koen does."""
    for number in range(many):
        word, other = WORDS[number % len(WORDS)], WORDS[(number * 5 + 3) % len(WORDS)]
        story = f"{word * 3} {other * 2} {str(number) * 6} gaat over {WORDS[(number * 7 + 1) % len(WORDS)]}"
        open_by_web(site.runtime, f"2026-05-12 09:{number:02}", klager_email=THEIRS, uiteenzetting=story)
    last = open_by_web(
        site.runtime, "2026-05-13 11:00", klager_email=THEIRS, uiteenzetting="Nu is de kat van de buren zoek."
    )
    return look(site.runtime, last.dossier, at("2026-05-13 12:00"), "koen")


def told(site: Site, dossier: OpenedDossier) -> list[tuple[str, int, int]]:
    with reading(site.runtime.store) as register:
        account = register.account("koen")
    assert account is not None
    found = related(site.runtime, dossier, account, at("2026-05-13 12:00"))
    return [(one.asked, len(one.seen), one.others) for one in found]


@pytest.mark.parametrize("many", [3, 25, 55])
@pytest.mark.parametrize("hiding", ["level", "conflict"])
def test_hidden_dossiers_are_not_among_those_that_are_counted(hiding: str, many: int) -> None:
    with_them, without = house(hiding, THEIRS)[0], house(hiding, ANOTHERS)[0]
    seen, other = opened(with_them, many), opened(without, many)
    assert told(with_them, seen) == told(without, other)
    assert {fact: one.count for fact, one in seen.dossier.found.items()} == {
        fact: one.count for fact, one in other.dossier.found.items()
    }
