"""Whoever closes an account chooses nobody for a dossier that is about themselves: it goes back to its department. And
of more dossiers than a page shows, none is passed over."""

from __future__ import annotations

from typing import Any

from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.dossiers.assignment import MOST_AT_ONCE, Assigning, assign, assign_many
from gehoor.services.dossiers.viewing import look
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_web, publish_change, registered, staff
from tests.support.site import new_site

ABOUT_MIA: dict[str, Any] = {
    "voorwerp": "persoon",
    "aangeklaagde_medewerkers": ["mia"],
    "reason": "zo is het",
}


def test_a_dossier_about_who_closes_the_account_goes_back_to_its_department() -> None:
    site = new_site("2026-05-14 09:00")
    runtime = site.runtime

    def manages(document: dict[str, Any]) -> None:
        document["rights"]["manage-accounts"] = ["kwaliteitscoordinator"]

    publish_change(runtime, manages, "2026-02-01 10:00")
    mia = site.staff("mia", "kwaliteitscoordinator")
    site.add_staff("els", "kwaliteitscoordinator")
    for name in ("xan", "yve"):
        site.add_staff(name, "teamverantwoordelijke")
    about, other = registered(runtime), open_by_web(runtime, "2026-05-12 15:00").dossier
    for dossier in (about, other):
        assign(runtime, Assigning(dossier, "xan", Operator("b")), at("2026-05-13 16:00"))
    fill(runtime, about, "2026-05-13 17:00", **ABOUT_MIA)
    assert mia.send("/medewerker/beheer/accounts/xan/afsluiten", aan="yve").status_code in (200, 303)
    assert look(runtime, other, at("2026-05-14 10:00")).dossier.handler == "yve"
    opened = look(runtime, about, at("2026-05-14 10:00"))
    assert opened.dossier.handler == ""
    told = [message for message in opened.messages if message.created_at >= "2026-05-14"]
    assert told
    assert not any("mia" in message.people for message in told)


def many(runtime: Runtime, count: int) -> list[str]:
    return [open_by_web(runtime, f"2026-05-12 {10 + n // 60}:{n % 60:02}").dossier for n in range(count)]


def test_all_that_somebody_may_no_longer_know_of_is_taken_from_them() -> None:
    runtime = de_linde()
    for name in ("rita", "rita2"):
        staff(runtime, name, "onthaal")
    dossiers = many(runtime, MOST_AT_ONCE + 3)
    about = {"voorwerp": "persoon", "aangeklaagde_medewerkers": ["rita"]}
    for dossier in dossiers:
        fill(runtime, dossier, "2026-05-13 09:00", **about)
        assign(runtime, Assigning(dossier, "rita2", Operator("b")), at("2026-05-13 10:00"))
    change_account(
        runtime, AccountChange("rita2", same_person_as="rita"), Operator("b"), at("2026-05-14 09:00")
    )
    with reading(runtime.store) as register:
        assert [one for one in dossiers if "rita2" in register.dossier(one).handlers] == []


def test_many_are_given_however_many_they_are() -> None:
    runtime = de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    dossiers = many(runtime, MOST_AT_ONCE + 3)
    given, refused = assign_many(
        runtime, dossiers, Assigning("", "els", Operator("b")), at("2026-05-13 10:00")
    )
    assert (len(given), refused) == (len(dossiers), [])


def test_what_a_page_cannot_give_at_once_is_told() -> None:
    site = new_site("2026-05-14 09:00")
    els = site.staff("els", "kwaliteitscoordinator")
    chosen = [f"dossier-{n}" for n in range(MOST_AT_ONCE + 7)]
    token = els.page("/medewerker/").value("csrf_token")
    answer = els.post("/medewerker/toewijzen", {"csrf_token": token, "dossier": chosen, "aan": "els"})
    assert "Nog 7 dossiers" in answer.text
