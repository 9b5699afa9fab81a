"""What is sent twice counts once, other words from the same page are never taken for it, and a key opens nothing."""

from __future__ import annotations

import io
from typing import Any

import pytest

from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.unsent_forms import open_unsent, token_for
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.follow_up_codes import code_for, code_secret
from gehoor.web.public.receipts import LASTS
from gehoor.web.request.form_keys import KEY
from tests.support.de_linde import PHONE, open_by_web
from tests.support.pages import Page
from tests.support.site import Site, Visitor, new_site

HOME = "/de-linde/beukenhof/"
FORM = f"{HOME}melden"
TELL = f"{FORM}/alles"
RECEIPT = f"{HOME}ontvangen"
REGISTER = "/medewerker/de-linde/beukenhof/registreren"
STORY = "Zondag kwam een uur lang niemand op de bel."
TOLD = {"v_uiteenzetting": STORY, "v_anoniem": "ja"}
PHONED = {f"v_{name}": value for name, value in PHONE.items()}


@pytest.fixture
def site() -> Site:
    return new_site()


def stories(site: Site) -> list[str]:
    with reading_projection(site.runtime) as register:
        names = [one["id"] for one in register.tables.select("dossiers")]
    return sorted(look(site.runtime, name, site.clock()).dossier.values["uiteenzetting"] for name in names)


def number_and_code(page: Page) -> tuple[str, str]:
    return page.one("div", class_="slip").text, page.one("strong", class_="code").text


class TestOnOnePage:
    def test_other_words_from_the_same_page_are_another_message(self, site: Site) -> None:
        visitor = site.visitor()
        page = visitor.page(TELL)
        first = number_and_code(visitor.page(visitor.resend(TELL, page, **TOLD).location))
        second = number_and_code(
            visitor.page(visitor.resend(TELL, page, **{**TOLD, "v_uiteenzetting": "En de soep."}).location)
        )
        assert stories(site) == ["En de soep.", STORY]
        assert first[1] != second[1]

    def test_the_key_of_somebody_else_gives_nothing_of_theirs(self, site: Site) -> None:
        visitor, other = site.visitor(), site.visitor()
        page = visitor.page(TELL)
        mine = number_and_code(visitor.page(visitor.resend(TELL, page, **TOLD).location))
        theirs = other.send(TELL, **{**TOLD, "v_uiteenzetting": "De lift was stuk."}, sleutel=page.value(KEY))
        assert number_and_code(other.page(theirs.location))[1] != mine[1]
        assert stories(site) == ["De lift was stuk.", STORY]

    def test_going_back_and_sending_again_is_one_dossier(self, site: Site) -> None:
        """The browser fetches the page again, with a key of its own, and fills in what was typed."""
        visitor = site.visitor()
        first = visitor.page(visitor.send(TELL, **TOLD).location)
        again = visitor.send(TELL, **TOLD)
        assert visitor.page(again.location).text == first.text
        assert stories(site) == [STORY]

    def test_going_back_one_is_told_that_it_was_sent(self, site: Site) -> None:
        visitor = site.visitor()
        visitor.send(TELL, **TOLD)
        for path in (TELL, FORM):
            notice = visitor.page(path).one("p", class_="notice")
            assert "U verstuurde dit formulier daarnet: nummer BEU-2026-0001." in notice.text
        site.clock.now += LASTS
        assert not visitor.page(TELL).all("p", class_="notice")

    def test_a_file_does_not_make_it_another_message(self, site: Site) -> None:
        visitor = site.visitor()
        page = visitor.page(TELL)
        for _ in range(2):
            letter = (io.BytesIO(b"Beste, de soep was koud."), "brief.txt")
            visitor.resend(TELL, page, **TOLD, v_bijlagen=letter)
        other = (io.BytesIO(b"Beste, de soep was warm."), "brief.txt")
        visitor.resend(TELL, page, **TOLD, v_bijlagen=other)
        assert stories(site) == [STORY, STORY]

    def test_a_file_that_waited_is_no_reason_to_refuse_what_came_in(self, site: Site) -> None:
        visitor = site.visitor()
        letter = (io.BytesIO(b"Beste, de soep was koud."), "brief.txt")
        refused = Page(visitor.send(TELL, v_anoniem="ja", v_bijlagen=letter).text)
        answers = [visitor.resend(TELL, refused, **TOLD) for _ in range(2)]
        assert [one.status_code for one in answers] == [303, 303]
        other = site.visitor()
        assert other.resend(TELL, refused, **TOLD).status_code == 303
        assert stories(site) == [STORY]


class TestStepByStep:
    def to_the_check(self, visitor: Visitor) -> Page:
        path = f"{FORM}/vraag/uiteenzetting"
        while "/vraag/" in path:
            name = path.rpartition("/")[2]
            typed = {"uiteenzetting": {"v_uiteenzetting": STORY, "verder": "verder"},
                     "anoniem": {"v_anoniem": "ja", "verder": "verder"}}.get(name, {"verder": "overslaan"})  # fmt: skip
            path = visitor.send(path, **typed).location
        return visitor.page(path)

    def test_a_double_click_shows_what_came_of_the_first(self, site: Site) -> None:
        visitor = site.visitor()
        page = self.to_the_check(visitor)
        cookie = visitor.client.get_cookie("gehoor")
        assert cookie is not None
        visitor.resend(f"{FORM}/nakijken", page)
        first = number_and_code(visitor.page(RECEIPT))
        # The second click went off before the answer to the first was there.
        visitor.client.set_cookie("gehoor", cookie.value)
        assert visitor.resend(f"{FORM}/nakijken", page).location == RECEIPT
        assert number_and_code(visitor.page(RECEIPT)) == first
        assert stories(site) == [STORY]

    def test_the_page_of_somebody_else_gives_nothing_of_theirs(self, site: Site) -> None:
        visitor, other = site.visitor(), site.visitor()
        page = self.to_the_check(visitor)
        visitor.resend(f"{FORM}/nakijken", page)
        other.get(FORM)
        assert other.resend(f"{FORM}/nakijken", page).location == f"{FORM}?weg=1"
        assert other.get(RECEIPT).location == HOME


class TestTheReceipt:
    def test_asking_whether_it_is_there_uses_nothing_up(self, site: Site) -> None:
        visitor = site.visitor()
        address = visitor.send(TELL, **TOLD).location
        assert visitor.client.head(address).status_code == 200
        assert visitor.client.get(address).status_code == 200

    def test_the_code_is_not_in_the_cookie(self, site: Site) -> None:
        visitor = site.visitor()
        code = number_and_code(visitor.page(visitor.send(TELL, **TOLD).location))[1]
        with visitor.client.session_transaction() as session:
            assert code not in repr(dict(session))

    def test_who_leaves_in_a_hurry_leaves_no_receipt(self, site: Site) -> None:
        visitor = site.visitor()
        address = visitor.send(TELL, **TOLD).location
        visitor.post("/weg", {})
        left = visitor.get(address)
        assert "BEU-2026" not in left.text
        assert visitor.page(TELL).all("p", class_="notice") == []


class TestSavingForLater:
    def test_asking_whether_the_page_is_there_does_not_use_up_the_code(self, site: Site) -> None:
        visitor = site.visitor()
        address = visitor.send(
            f"{FORM}/vraag/uiteenzetting", v_uiteenzetting=STORY, verder="bewaren"
        ).location
        visitor.client.head(address)
        assert visitor.page(address).one("strong", class_="code").text


class TestKeys:
    @pytest.mark.parametrize(
        "chosen", ["unsent/call/de-linde/beukenhof/ria", "dossier-1/ria", "", "x" * 5000, "\0.\0"]
    )
    def test_a_key_that_a_browser_chose_is_not_used(self, site: Site, chosen: str) -> None:
        page = site.visitor().send(TELL, sleutel=chosen, v_anoniem="ja")
        given = Page(page.text).value(KEY)
        assert page.status_code == 422
        assert given not in ("", chosen)

    def test_no_form_gets_a_code_that_is_the_token_of_a_call(self, site: Site) -> None:
        """Whatever its key: with such a token anybody could end a call that staff are writing down."""
        ria = site.staff()
        ria.send(f"{REGISTER}/telefoon/vraag/uiteenzetting", v_uiteenzetting=STORY, verder="verder")
        names = ("call", "de-linde", "beukenhof", "ria")
        token = token_for(site.runtime, *names)
        assert open_unsent(site.runtime, token, site.clock()) is not None
        for key in ("/".join(("unsent", *names)), "\0".join(("unsent", *names))):
            code = code_for(code_secret(site.runtime), key)
            assert not token.startswith(code)
            assert open_unsent(site.runtime, code, site.clock()) is None

    def test_a_key_is_for_one_form_of_one_department(self, site: Site) -> None:
        key = site.visitor().page(TELL).value(KEY)
        elsewhere = site.visitor().send("/de-linde/eikenrode/melden/alles", sleutel=key, v_anoniem="ja")
        assert Page(elsewhere.text).value(KEY) != key
        assert Page(site.visitor().send(TELL, sleutel=key, v_anoniem="ja").text).value(KEY) == key

    def test_a_key_is_for_one_account(self, site: Site) -> None:
        key = site.staff("ria").page(REGISTER).value(KEY)
        assert Page(site.staff("an").send(REGISTER, sleutel=key).text).value(KEY) != key


class TestRegistering:
    def test_the_same_page_with_danger_is_not_taken_for_the_one_before(self, site: Site) -> None:
        ria = site.staff()
        page = ria.page(REGISTER)
        ria.resend(REGISTER, page, **PHONED)
        asked = Page(ria.resend(REGISTER, page, **PHONED, v_acuut_gevaar="ja").text)
        assert "Dit werd al verteld" in asked.text
        assert asked.value("v_acuut_gevaar") == "ja"
        ria.resend(REGISTER, asked, toch="ja")
        assert look(site.runtime, "dossier-2", site.clock()).dossier.values["acuut_gevaar"] is True

    def test_another_account_with_the_same_page_gets_no_number_and_no_code(self, site: Site) -> None:
        ria, an = site.staff("ria"), site.staff("an")
        page = ria.page(REGISTER)
        ria.resend(REGISTER, page, **PHONED)
        token = an.page(REGISTER).value("csrf_token")
        theirs = Page(an.resend(REGISTER, page, **PHONED, csrf_token=token).text)
        assert "Dit werd al verteld" in theirs.text
        assert not theirs.all("strong", class_="code")


class TestWriting:
    def write(self, visitor: Visitor, page: Page, text: str) -> Any:
        (form,) = page.all("form", action="/volgen/bericht")
        return visitor.post("/volgen/bericht", {**dict(page.form_data(form)), "bericht": text})

    def conversation(self, site: Site, dossier: str) -> list[str]:
        return [one.text for one in look(site.runtime, dossier, site.clock()).dossier.conversation]

    def test_another_text_from_the_same_page_is_another_message(self, site: Site) -> None:
        receipt = open_by_web(site.runtime, "2026-05-12 13:00")
        visitor = site.visitor()
        visitor.send("/volgen", code=receipt.code)
        page = visitor.page("/volgen/dossier")
        for text in ("Hoe ver staat u?", "Hoe ver staat u?", "En de soep?"):
            assert self.write(visitor, page, text).status_code == 303
        assert self.conversation(site, receipt.dossier) == ["Hoe ver staat u?", "En de soep?"]

    def test_the_page_of_another_dossier_sends_nothing_here_and_asks_for_which_it_is(
        self, site: Site
    ) -> None:
        first, second = (open_by_web(site.runtime, "2026-05-12 13:00") for _ in range(2))
        visitor = site.visitor()
        visitor.send("/volgen", code=first.code)
        page = visitor.page("/volgen/dossier")
        self.write(visitor, page, "Dag")
        visitor.send("/volgen", code=second.code)
        asked = self.write(visitor, page, "En de soep?")
        assert (asked.status_code, "En de soep?" in asked.text) == (422, True)
        assert self.conversation(site, first.dossier) == ["Dag"]
        assert self.conversation(site, second.dossier) == []
