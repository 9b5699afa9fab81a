"""What was published is taken back in one act, and what was published since stays."""

from __future__ import annotations

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.proposals.proposal import Proposal
from gehoor.services.proposals.bringing_in import Wanted, publish_proposal
from gehoor.services.proposals.changing import ChangedOtherwiseError, set_back
from gehoor.services.proposals.discussing import agree
from gehoor.services.proposals.looking import vacant_roles
from gehoor.services.proposals.rights import MayNotError, NoAgreementsError
from gehoor.services.register.register import reading
from tests.support.clock import at
from tests.support.site import Site, Visitor
from tests.support.workbench import (
    LENGTH,
    LINDE,
    TERMS,
    WHO_WE_ARE,
    WORKPLACE,
    begun,
    files,
    replaced,
    sent,
)

NOW = at("2026-05-12 14:00")
WORDS = ("Terug: Sneller melden", "nam terug wat “Sneller melden” veranderde")
SHORTER = "binnen: 3 werkdagen"


@pytest.fixture(autouse=True)
def _director(site: Site, els: Visitor) -> Visitor:
    return site.staff("dirk", "de-linde/*:algemeen-directeur")


def published(site: Site, drafter: ConfinedDrafter, file: str, old: str, new: str) -> Proposal:
    seen = replaced(site.runtime, begun(site.runtime), file, old, new)
    agree(site.runtime, seen.id, seen.tree, "dirk", NOW)
    publish_proposal(site.runtime, drafter, Wanted(seen.id, seen.tree), "els", NOW)
    return seen


def sources(site: Site, proposal: Proposal) -> dict[str, bytes]:
    with reading(site.runtime.store) as register:
        return dict(register.sources(proposal.tree))


def test_set_back_the_files_are_what_they_were_byte_for_byte(site: Site, drafter: ConfinedDrafter) -> None:
    done = published(site, drafter, TERMS, LENGTH, SHORTER)
    back = set_back(site.runtime, done.id, WORDS, "els", NOW)
    assert back.is_open
    assert back.title == "Terug: Sneller melden"
    assert sources(site, back) == files()


def test_what_was_published_since_stays(site: Site, drafter: ConfinedDrafter) -> None:
    done = published(site, drafter, TERMS, LENGTH, SHORTER)
    published(site, drafter, WHO_WE_ARE, "naam: Onthaal", "naam: Balie")
    found = sources(site, set_back(site.runtime, done.id, WORDS, "els", NOW))
    assert found[TERMS] == files()[TERMS]
    assert b"naam: Balie" in found[WHO_WE_ARE]


def test_what_was_changed_again_since_is_told_and_nothing_begins(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    done = published(site, drafter, TERMS, LENGTH, SHORTER)
    published(site, drafter, TERMS, SHORTER, "binnen: 2 werkdagen")
    with pytest.raises(ChangedOtherwiseError):
        set_back(site.runtime, done.id, WORDS, "els", NOW)
    answer = sent(els, f"{WORKPLACE}/voorstel/{done.id}/terugzetten")
    assert answer.status_code == 409
    assert "Na dit voorstel is hetzelfde nog eens veranderd" in answer.text
    assert "Terug: Sneller melden" not in els.page(WORKPLACE).text


def test_it_asks_the_same_agreement_as_any_proposal(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    done = published(site, drafter, TERMS, LENGTH, SHORTER)
    answer = sent(els, f"{WORKPLACE}/voorstel/{done.id}/terugzetten")
    page = els.page(answer.location)
    assert "De termijn “Ontvangstmelding versturen” gaat van 3 naar 5 werkdagen." in page.text
    assert (
        "Iemand die er niet aan meeschreef, moet dit nog goedkeuren"
        in els.page(f"{answer.location.partition('?')[0]}/afspreken").text
    )


def test_set_back_one_is_led_to_agreeing(site: Site, drafter: ConfinedDrafter, els: Visitor) -> None:
    done = published(site, drafter, TERMS, LENGTH, SHORTER)
    page = els.page(sent(els, f"{WORKPLACE}/voorstel/{done.id}/terugzetten").location)
    assert "Dit voorstel zet alles terug." in page.text
    assert "Afspreken en publiceren" in [
        one.text for one in page.elements if one.attributes.get("class") == "button"
    ]


def test_who_may_not_propose_sets_nothing_back(site: Site, drafter: ConfinedDrafter) -> None:
    done = published(site, drafter, TERMS, LENGTH, SHORTER)
    with pytest.raises(MayNotError):
        set_back(site.runtime, done.id, WORDS, "dirk", NOW)


def test_what_is_not_published_yet_is_not_set_back(site: Site) -> None:
    with pytest.raises(NoAgreementsError):
        set_back(site.runtime, begun(site.runtime).id, WORDS, "els", NOW)


def test_a_published_proposal_goes_on_saying_what_it_changed(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    done = published(site, drafter, TERMS, LENGTH, SHORTER)
    page = els.page(f"{WORKPLACE}/voorstel/{done.id}")
    assert "Wat hierdoor veranderde voor nieuwe dossiers" in page.text
    assert "De termijn “Ontvangstmelding versturen” gaat van 5 naar 3 werkdagen." in page.text


def test_a_role_that_somebody_has_in_one_department_is_only_missed_in_the_others(
    site: Site, drafter: ConfinedDrafter
) -> None:
    site.staff("rita", "de-linde/beukenhof:teamverantwoordelijke")
    found = {one.role: one for one in vacant_roles(site.runtime, LINDE, drafter.judge(files(), LINDE))}
    assert "beukenhof" not in found["Teamverantwoordelijke"].departments
    assert found["Teamverantwoordelijke"].departments
    assert found["Onthaal"].departments == ()
    assert "Kwaliteitscoördinator" not in found


def test_who_publishes_hears_at_once_which_roles_that_came_nobody_has(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    done = published(site, drafter, WHO_WE_ARE, "naam: Onthaal", "naam: Balie")
    page = els.page(f"{WORKPLACE}/voorstel/{done.id}/afspreken?gedaan=gepubliceerd")
    assert "Deze rol heeft nog niemand: Balie." in page.text
    assert "ziet alleen wie een rol heeft" in page.text or "nog niet open" in page.text


def test_pressed_twice_it_is_one_proposal(site: Site, drafter: ConfinedDrafter) -> None:
    done = published(site, drafter, TERMS, LENGTH, SHORTER)
    first, second = (set_back(site.runtime, done.id, WORDS, "els", NOW) for _ in range(2))
    assert first.id == second.id


def test_what_was_published_lately_is_taken_back_from_the_workbench(
    site: Site, drafter: ConfinedDrafter, els: Visitor
) -> None:
    done = published(site, drafter, TERMS, LENGTH, SHORTER)
    (link,) = (one for one in els.page(WORKPLACE).all("a") if one.text.startswith("Terugzetten"))
    assert not link.inside("details")
    assert link.attributes["href"].endswith(done.id)
