"""A follow-up code given anew: to whoever lost theirs or never had one; the one before opens nothing any more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gehoor.adapters.security.secret_box import SecretBox
from gehoor.core.dossier.events import EventKind, verify
from gehoor.core.letters.places import CODE_SPOT
from gehoor.services.access.authorisation import NotAllowedError
from gehoor.services.correspondence.new_codes import CodeWay, NewCode, give_code
from gehoor.services.correspondence.texts import TextRefusedError
from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.status_page import dossier_of_code
from gehoor.services.maintenance.repair import repair
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.records import Message
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.follow_up_codes import code_hash
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.secrets import RegisterSecrets
from tests.support.clock import at
from tests.support.de_linde import (
    PUBLISHED_ON,
    de_linde,
    fill,
    open_by_phone,
    open_by_web,
    publish_change,
    staff,
)
from tests.support.pages import Page, page_faults
from tests.support.paper_post import PaperPost
from tests.support.site import Site, Visitor, new_site

NOW = at("2026-05-13 10:00")
MAIL: dict[str, Any] = {
    "name": "Een nieuwe code",
    "subject": "Uw nieuwe code",
    "text": ["Met {code} leest u verder op {link}."],
}


def agreed(document: dict[str, Any]) -> None:
    document["rights"]["new-code"] = ["onthaal"]
    document["correspondence"] = {**document.get("correspondence", {}), "nieuwe-volgcode": MAIL}
    document["notices"]["code-mail"] = "nieuwe-volgcode"


@pytest.fixture
def runtime() -> Runtime:
    runtime = de_linde()
    publish_change(runtime, agreed, PUBLISHED_ON.strftime("%Y-%m-%d 11:30"))
    staff(runtime, "ria", "onthaal")
    staff(runtime, "els", "kwaliteitscoordinator")
    return runtime


def give(runtime: Runtime, dossier: str, way: str = CodeWay.PAPER, key: str = "k1", **more: Any) -> str:
    wanted: dict[str, Any] = {"reason": "Teruggebeld op het nummer in het dossier.", "actor": "ria", **more}
    return give_code(runtime, NewCode(dossier, way, wanted["reason"], key, wanted["actor"]), NOW)


def opens(runtime: Runtime, code: str) -> str | None:
    with reading_projection(runtime) as register:
        return dossier_of_code(register, code)


def test_the_new_code_opens_the_dossier_and_the_one_before_does_not(runtime: Runtime) -> None:
    receipt = open_by_web(runtime, "2026-05-12 14:00")
    assert opens(runtime, receipt.code) == receipt.dossier
    code = give(runtime, receipt.dossier)
    assert opens(runtime, code) == receipt.dossier
    assert opens(runtime, receipt.code) is None


def test_it_stands_in_the_history_with_why_and_without_the_code(runtime: Runtime) -> None:
    receipt = open_by_web(runtime, "2026-05-12 14:00")
    code = give(runtime, receipt.dossier)
    events = look(runtime, receipt.dossier, NOW).events
    (given,) = [event for event in events if event.kind is EventKind.CODE_GIVEN]
    assert (given.actor, given.data["reason"]) == ("ria", "Teruggebeld op het nummer in het dossier.")
    assert code not in str(given.data)
    verify(events)


def test_a_form_that_is_sent_twice_gives_one_code(runtime: Runtime) -> None:
    receipt = open_by_web(runtime, "2026-05-12 14:00")
    assert give(runtime, receipt.dossier) == give(runtime, receipt.dossier)
    assert look(runtime, receipt.dossier, NOW).dossier.version == 2


def test_the_same_form_in_another_way_is_another_code_that_the_history_tells(runtime: Runtime) -> None:
    receipt = open_by_web(runtime, "2026-05-12 14:00", klager_email="els@voorbeeld.be")
    give(runtime, receipt.dossier, CodeWay.EMAIL)
    shown = give(runtime, receipt.dossier, CodeWay.PAPER)
    events = look(runtime, receipt.dossier, NOW).events
    given = [event.data for event in events if event.kind is EventKind.CODE_GIVEN]
    assert [one["way"] for one in given] == ["email", "paper"]
    assert given[0]["code"] != code_hash(shown)
    assert opens(runtime, shown) == receipt.dossier


def test_the_same_form_on_paper_first_goes_by_email_as_its_page_says(runtime: Runtime) -> None:
    receipt = open_by_web(runtime, "2026-05-12 14:00", klager_email="els@voorbeeld.be")
    shown = give(runtime, receipt.dossier, CodeWay.PAPER)
    give(runtime, receipt.dossier, CodeWay.EMAIL)
    post = PaperPost()
    deliver(runtime, post, lambda: NOW)
    assert "els@voorbeeld.be" in post.addresses
    assert opens(runtime, shown) is None


def test_the_answer_to_a_form_that_was_overtaken_shows_no_code(runtime: Runtime) -> None:
    receipt = open_by_web(runtime, "2026-05-12 14:00")
    give(runtime, receipt.dossier)
    second = give(runtime, receipt.dossier, key="k2")
    assert give(runtime, receipt.dossier) == ""
    assert opens(runtime, second) == receipt.dossier


def test_by_email_nobody_here_sees_the_code_and_nothing_keeps_it(runtime: Runtime) -> None:
    receipt = open_by_web(runtime, "2026-05-12 14:00", klager_email="els@voorbeeld.be")
    assert give(runtime, receipt.dossier, CodeWay.EMAIL) == ""
    post = PaperPost()
    deliver(runtime, post, lambda: NOW)
    mail = next(one for one in post.messages if one.recipients == ("els@voorbeeld.be",))
    code = mail.text.removeprefix("Met ").split(" leest")[0]
    assert opens(runtime, code) == receipt.dossier
    with reading(runtime.store) as register:
        (kept,) = [one for one in register.messages_of(receipt.dossier) if one.is_outside]
    assert (kept.state, kept.code_of) == ("sent", None)
    assert code not in kept.text
    assert CODE_SPOT in kept.text


@pytest.mark.parametrize(
    "answers", [{"anoniem": "ja", "klager_naam": None}, {"klager_telefoon": "0470 12 34 56"}]
)
def test_without_an_address_it_goes_by_no_email(runtime: Runtime, answers: dict[str, Any]) -> None:
    receipt = open_by_web(runtime, "2026-05-12 14:00", klager_email=None, **answers)
    with pytest.raises(TextRefusedError) as refused:
        give(runtime, receipt.dossier, CodeWay.EMAIL)
    assert refused.value.code == "way"


def test_one_says_how_one_knows_who_it_is(runtime: Runtime) -> None:
    receipt = open_by_web(runtime, "2026-05-12 14:00")
    with pytest.raises(TextRefusedError) as refused:
        give(runtime, receipt.dossier, reason=" ")
    assert refused.value.code == "empty"


def test_only_who_may_gives_a_code(runtime: Runtime) -> None:
    receipt = open_by_web(runtime, "2026-05-12 14:00")
    with pytest.raises(NotAllowedError):
        give(runtime, receipt.dossier, actor="els")


def test_where_nothing_was_agreed_nobody_gives_one() -> None:
    runtime = de_linde()
    staff(runtime, "ria", "onthaal")
    receipt = open_by_phone(runtime, "2026-05-12 14:00")
    with pytest.raises(NotAllowedError):
        give(runtime, receipt.dossier)


def test_where_there_are_no_codes_none_is_given(runtime: Runtime) -> None:
    def without_codes(document: dict[str, Any]) -> None:
        agreed(document)
        document["anonymous"]["follow-up-code"] = False

    publish_change(runtime, without_codes, "2026-05-01 09:00")
    receipt = open_by_web(runtime, "2026-05-12 14:00")
    assert receipt.code == ""
    with pytest.raises(TextRefusedError):
        give(runtime, receipt.dossier)


def test_repair_makes_it_again_from_what_happened(runtime: Runtime) -> None:
    receipt = open_by_web(runtime, "2026-05-12 14:00")
    code = give(runtime, receipt.dossier)
    assert opens(runtime, code) == receipt.dossier
    with runtime.store.transaction() as tables:
        tables.delete("dossiers", receipt.dossier)
    repaired = repair(runtime, NOW)
    assert repaired.codes_lost == []
    assert opens(runtime, code) == receipt.dossier


# Pages


def site_with_dossier() -> tuple[Site, Visitor, str, str]:
    site = new_site("2026-05-13 10:00")
    publish_change(site.runtime, agreed, PUBLISHED_ON.strftime("%Y-%m-%d 11:30"))
    receipt = open_by_web(site.runtime, "2026-05-12 14:00", klager_email="els@voorbeeld.be")
    return site, site.staff("ria", "onthaal"), f"/medewerker/dossiers/{receipt.dossier}", receipt.code


def filled(ria: Visitor, dossier: str, **typed: str) -> Any:
    page = ria.page(f"{dossier}/berichten")
    form = dict(page.form_data(page.one("form", action=f"{dossier}/volgcode")))
    return ria.post(f"{dossier}/volgcode", {**form, **typed})


def test_the_code_is_shown_once_on_a_slip() -> None:
    site, ria, dossier, before = site_with_dossier()
    answer = filled(ria, dossier, **{"code-reden": "Zij staat hier.", "code-weg": "paper"})
    assert answer.status_code == 200
    code = answer.text.split('class="code">')[1].split("<")[0]
    assert code not in ria.page(f"{dossier}/berichten").text
    assert site.visitor().send("/volgen", code=code).location == "/volgen/dossier"
    assert site.visitor().send("/volgen", code=before).status_code == 422


def test_who_is_reading_with_the_code_of_before_is_asked_for_the_new_one() -> None:
    site, ria, dossier, before = site_with_dossier()
    visitor = site.visitor()
    visitor.send("/volgen", code=before)
    filled(ria, dossier, **{"code-reden": "Zij staat hier.", "code-weg": "paper"})
    assert visitor.get("/volgen/dossier").location == "/volgen"


def test_of_two_who_give_a_code_at_once_the_second_hears_who_did() -> None:
    site, ria, dossier, _ = site_with_dossier()
    griet = site.staff("griet", "onthaal")
    typed = {"code-reden": "Zij staat hier.", "code-weg": "paper"}
    page = griet.page(f"{dossier}/berichten")
    form = dict(page.form_data(page.one("form", action=f"{dossier}/volgcode")))
    given = filled(ria, dossier, **typed).text.split('class="code">')[1].split("<")[0]
    refused = griet.post(f"{dossier}/volgcode", {**form, **typed})
    assert refused.status_code == 422
    assert "intussen gaf Ria een nieuwe code" in refused.text
    assert "Zij staat hier." in refused.text
    assert page_faults(Page(refused.text)) == []
    assert site.visitor().send("/volgen", code=given).location == "/volgen/dossier"
    # Read and sent again, there is a new one.
    assert filled(griet, dossier, **typed).status_code == 200
    assert site.visitor().send("/volgen", code=given).status_code == 422


def test_the_same_form_twice_is_one_code_still() -> None:
    _, ria, dossier, _ = site_with_dossier()
    page = ria.page(f"{dossier}/berichten")
    form = dict(page.form_data(page.one("form", action=f"{dossier}/volgcode")))
    typed = {**form, "code-reden": "Zij staat hier.", "code-weg": "paper"}
    first, second = (ria.post(f"{dossier}/volgcode", typed) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    codes = {answer.text.split('class="code">')[1].split("<")[0] for answer in (first, second)}
    assert len(codes) == 1


def test_a_refused_form_keeps_what_was_typed() -> None:
    _, ria, dossier, _ = site_with_dossier()
    refused = filled(ria, dossier, **{"code-reden": "Zij staat hier."})
    assert refused.status_code == 422
    assert "Kies hoe de melder de code krijgt." in refused.text
    assert "Zij staat hier." in refused.text


def test_by_email_the_page_says_that_it_goes() -> None:
    _, ria, dossier, _ = site_with_dossier()
    answer = filled(ria, dossier, **{"code-reden": "Zij belde.", "code-weg": "email"})
    assert answer.status_code == 303
    shown = ria.page(answer.location)
    assert "De melder krijgt een e-mail met een nieuwe volgcode." in shown.text
    assert page_faults(shown) == []


def test_whoever_changes_the_address_before_it_goes_gets_no_code_by_it(runtime: Runtime) -> None:
    receipt = open_by_web(runtime, "2026-05-12 14:00", klager_email="els@voorbeeld.be")
    give(runtime, receipt.dossier, CodeWay.EMAIL)
    fill(runtime, receipt.dossier, "2026-05-13 10:00", klager_email="ria@voorbeeld.be")
    post = PaperPost()
    deliver(runtime, post, lambda: at("2026-05-13 10:01"))
    assert not {"els@voorbeeld.be", "ria@voorbeeld.be"} & set(post.addresses)
    assert [(one.state, "geef een nieuwe" in one.error) for one in outside(runtime, receipt.dossier)] == [
        ("nobody", True)
    ]


def outside(runtime: Runtime, dossier: str) -> list[Message]:
    with reading(runtime.store) as register:
        return [one for one in register.messages_of(dossier) if one.is_outside]


def test_an_address_that_is_written_in_capitals_is_the_same_one(runtime: Runtime) -> None:
    receipt = open_by_web(runtime, "2026-05-12 14:00", klager_email="Els@voorbeeld.be")
    give(runtime, receipt.dossier, CodeWay.EMAIL)
    fill(runtime, receipt.dossier, "2026-05-13 10:00", klager_email="els@voorbeeld.be")
    post = PaperPost()
    deliver(runtime, post, lambda: at("2026-05-13 10:01"))
    assert "els@voorbeeld.be" in post.addresses


def test_a_code_that_was_replaced_before_its_email_went_is_not_sent(runtime: Runtime) -> None:
    receipt = open_by_web(runtime, "2026-05-12 14:00", klager_email="els@voorbeeld.be")
    give(runtime, receipt.dossier, CodeWay.EMAIL)
    on_paper = NewCode(receipt.dossier, CodeWay.PAPER, "Zij staat hier.", "k2", "ria")
    give_code(runtime, on_paper, at("2026-05-13 10:01"))
    post = PaperPost()
    deliver(runtime, post, lambda: at("2026-05-13 10:02"))
    assert "els@voorbeeld.be" not in post.addresses
    assert [one.state for one in outside(runtime, receipt.dossier)] == ["moot"]


def test_without_the_key_that_it_was_made_with_a_code_is_not_sent_and_staff_read_why(
    runtime: Runtime,
) -> None:
    receipt = open_by_web(runtime, "2026-05-12 14:00", klager_email="els@voorbeeld.be")
    give(runtime, receipt.dossier, CodeWay.EMAIL)
    other = replace(runtime, secrets=RegisterSecrets(beside=lambda: SecretBox(b"x" * 32)))
    post = PaperPost()
    deliver(other, post, lambda: at("2026-05-13 10:01"))
    assert "els@voorbeeld.be" not in post.addresses
    assert [(one.state, "opent niets meer" in one.error) for one in outside(runtime, receipt.dossier)] == [
        ("nobody", True)
    ]


def test_staff_read_that_the_code_did_not_go_and_not_to_which_address() -> None:
    site, ria, dossier, _ = site_with_dossier()
    filled(ria, dossier, **{"code-reden": "Zij belde.", "code-weg": "email"})
    fill(site.runtime, dossier.rpartition("/")[2], "2026-05-13 10:00", klager_email="ander@voorbeeld.be")
    deliver(site.runtime, PaperPost(), lambda: at("2026-05-13 10:01"))
    for path in (dossier, "/medewerker/berichten"):
        shown = ria.page(path)
        assert "is niet meer dat waarvoor deze volgcode was" in shown.text
        assert "Aan de melder." in shown.text
        assert page_faults(shown) == []
