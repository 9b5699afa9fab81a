"""Staff drop an e-mail on the page to register on: it comes back filled in, and nothing typed before is lost."""

from __future__ import annotations

import io
from typing import Any

import pytest

from gehoor.services.dossiers.viewing import look
from tests.support.clock import at
from tests.support.de_linde import open_by_phone
from tests.support.mails.machines import automatic, bounces
from tests.support.mails.outlook import saved
from tests.support.mails.people import PDF, mistaken, told
from tests.support.mails.stories import STORIES
from tests.support.mails.writing import Written, attached, mail, mixed, of, part
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

ADDRESS = "/medewerker/de-linde/beukenhof/registreren"
BELL = STORIES[0]
LETTER = next(one for one in told() if one.name == "bel: with a letter")
PLAIN = next(one for one in told() if one.name == "bel: as it is, in UTF-8")


@pytest.fixture
def site() -> Site:
    return new_site("2026-05-13 10:00")


def drop(visitor: Visitor, one: Written | bytes, name: str = "bericht.eml", **typed: Any) -> Page:
    content = one.content if isinstance(one, Written) else one
    fields = {"e-mail": (io.BytesIO(content), name), "lees-e-mail": "ja", **typed}
    return Page(visitor.send(ADDRESS, **fields).text)


def typed_in(page: Page, name: str) -> str:
    return next((str(value) for found, value in page.form_data() if found == f"v_{name}"), "")


class TestWhatIsFilledIn:
    def test_the_page_has_what_the_email_says(self, site: Site) -> None:
        page = drop(site.staff(), PLAIN)
        assert typed_in(page, "uiteenzetting").replace("\r\n", "\n") == BELL.text
        assert typed_in(page, "onderwerp") == BELL.subject
        assert typed_in(page, "klager_naam") == "Hilde Vandenbroucke"
        assert typed_in(page, "klager_email") == "hilde.vdb@telenet.example"

    def test_it_came_in_on_the_day_that_the_server_got_it(self, site: Site) -> None:
        page = drop(site.staff(), PLAIN)
        assert (typed_in(page, "ontvangstdatum"), typed_in(page, "ontvangst_tijdstip")) == (
            "2026-05-12",
            "09:15",
        )

    def test_what_holds_of_every_email_is_agreed_at_the_fields(self, site: Site) -> None:
        page = drop(site.staff(), PLAIN)
        assert typed_in(page, "drager") == "email"
        assert typed_in(page, "indieningsvorm") == "schriftelijk"

    def test_what_outlook_saved_is_read_too(self, site: Site) -> None:
        texts = {
            0x0042: "Lieve De Smet",
            0x5D02: "lieve@outlook.example",
            0x0037: "Ring",
            0x1000: "Waar is hij?",
        }
        page = drop(site.staff(), saved(texts), "Ring.msg")
        assert (typed_in(page, "klager_naam"), typed_in(page, "uiteenzetting")) == (
            "Lieve De Smet",
            "Waar is hij?",
        )

    def test_a_name_with_a_comma_is_the_last_name_first(self, site: Site) -> None:
        comma = next(one for one in mistaken() if one.name == "from a name with a comma")
        page = drop(site.staff(), comma)
        found = typed_in(page, "klager_naam"), typed_in(page, "klager_voornaam")
        assert found in (("Vandenbroucke", "Hilde"), ("Vandenbroucke, Hilde", ""))

    def test_a_clock_that_is_ahead_is_not_believed(self, site: Site) -> None:
        ahead = mail({**of(BELL), "Date": "Tue, 12 May 2037 09:15:00 +0200", "Received": ""}, b"Dag")
        assert typed_in(drop(site.staff(), ahead), "ontvangstdatum") == "2026-05-13"

    def test_who_told_something_before_is_shown(self, site: Site) -> None:
        open_by_phone(site.runtime, "2026-05-04 10:00", klager_email="hilde.vdb@telenet.example")
        assert "BEU-2026-0001" in drop(site.staff(), PLAIN).one("div", class_="hint").text


class TestWhatWasTyped:
    def test_what_was_typed_stays_and_is_told(self, site: Site) -> None:
        page = drop(site.staff(), PLAIN, v_klager_naam="Vdb", v_klager_telefoon="0470 00 00 11")
        assert (typed_in(page, "klager_naam"), typed_in(page, "klager_telefoon")) == ("Vdb", "0470 00 00 11")
        assert (
            "Dit had u al anders ingevuld, en het bleef zo: Naam." in page.one("div", class_="mail-read").text
        )

    def test_the_story_comes_below_what_was_typed_of_it(self, site: Site) -> None:
        page = drop(site.staff(), PLAIN, v_uiteenzetting="Gemaild na haar telefoontje.")
        story = typed_in(page, "uiteenzetting").replace("\r\n", "\n")
        assert story == f"Gemaild na haar telefoontje.\n\n{BELL.text}"

    def test_an_email_that_is_dropped_twice_is_there_once(self, site: Site) -> None:
        visitor = site.staff()
        first = drop(visitor, PLAIN)
        again = visitor.resend(
            ADDRESS, first, **{"e-mail": (io.BytesIO(PLAIN.content), "a.eml"), "lees-e-mail": "ja"}
        )
        assert typed_in(Page(again.text), "uiteenzetting").count("pyjama") == 1

    def test_an_email_that_was_chosen_is_never_passed_by(self, site: Site) -> None:
        page = drop(site.staff(), PLAIN, **{"lees-e-mail": None})
        assert typed_in(page, "klager_naam") == "Hilde Vandenbroucke"

    def test_without_an_email_the_page_asks_for_one_and_keeps_the_rest(self, site: Site) -> None:
        answer = site.staff().send(ADDRESS, **{"lees-e-mail": "ja", "v_klager_naam": "Peeters"})
        assert answer.status_code == 422
        assert "Kies eerst een e-mail" in answer.text
        assert typed_in(Page(answer.text), "klager_naam") == "Peeters"

    @pytest.mark.parametrize("content", [b"%PDF-1.4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1broken", b"Dag"])
    def test_what_is_no_email_is_told_and_the_rest_stays(self, site: Site, content: bytes) -> None:
        page = drop(site.staff(), content, v_klager_naam="Peeters")
        assert "geen e-mail die Gehoor kan lezen" in page.one("p", id="e-mail-fout").text
        assert typed_in(page, "klager_naam") == "Peeters"

    def test_an_email_that_is_too_large_is_told_and_the_rest_stays(self, site: Site) -> None:
        page = drop(
            site.staff(), b"From: a@b.example\r\n\r\n" + bytes(20 * 1024 * 1024), v_klager_naam="Peeters"
        )
        assert "te groot: hoogstens 20 MB" in page.one("p", id="e-mail-fout").text
        assert typed_in(page, "klager_naam") == "Peeters"


class TestFiles:
    def test_they_wait_with_the_page_and_come_into_the_dossier(self, site: Site) -> None:
        visitor = site.staff()
        page = drop(visitor, LETTER)
        assert "Brief dokter.pdf" in page.one("ul", class_="files").text
        answer = visitor.resend(ADDRESS, page, v_type_bericht="klacht")
        assert answer.status_code == 200, answer.text
        with site.runtime.store.transaction() as tables:
            (summary,) = tables.select("dossiers")
        dossier = look(site.runtime, summary["id"], at("2026-05-13 10:00")).dossier
        assert [file["name"] for file in dossier.values["bijlagen"]] == ["Brief dokter.pdf"]
        assert dossier.values["klager_email"] == "hilde.vdb@telenet.example"

    def test_each_is_looked_at_as_if_it_came_by_itself(self, site: Site) -> None:
        kind, body = mixed(
            [part("text/plain", b"Dag"), attached("foto.jpg", PDF), attached("zet-op.exe", b"MZ")]
        )
        page = drop(site.staff(), mail(of(BELL), body, Content_Type=kind))
        said = page.one("div", class_="summary").text
        assert "foto.jpg" in said
        assert "zet-op.exe" in said
        assert typed_in(page, "klager_naam") == "Hilde Vandenbroucke"

    def test_what_cannot_be_taken_out_is_told(self, site: Site) -> None:
        packed = next(one for one in mistaken() if one.name == "a letter packed by Outlook")
        said = drop(site.staff(), packed).one("div", class_="mail-read").text
        assert "Niet uit de e-mail te halen: winmail.dat." in said

    def test_a_file_cannot_choose_where_it_goes(self, site: Site) -> None:
        away = next(one for one in mistaken() if one.name == "a file that wants to be elsewhere")
        files = drop(site.staff(), away).one("ul", class_="files").text
        assert "wachtwoord.pdf" in files
        assert "/" not in files


class TestWhoWroteIt:
    def test_an_automatic_reply_is_told_and_may_be_registered(self, site: Site) -> None:
        visitor = site.staff()
        page = drop(visitor, next(automatic()))
        assert "automatisch antwoord" in page.one("div", class_="mail-read").text
        assert visitor.resend(ADDRESS, page, v_type_bericht="klacht").status_code == 200

    def test_a_bounce_is_told(self, site: Site) -> None:
        assert "niet aankwam" in drop(site.staff(), next(bounces())).one("div", class_="mail-read").text

    def test_a_person_is_no_warning(self, site: Site) -> None:
        assert "toch registreren" not in drop(site.staff(), PLAIN).one("div", class_="mail-read").text


def test_the_page_is_sound_after_an_email(site: Site) -> None:
    page = drop(site.staff(), LETTER)
    assert page_faults(page) == []


def test_what_an_email_says_is_shown_as_text(site: Site) -> None:
    hostile = mail(
        {**of(BELL), "Subject": "<script>weg()</script>", "From": '"<b>x</b>" <a@b.example>'}, b"<i>Dag</i>"
    )
    answer = site.staff().send(ADDRESS, **{"e-mail": (io.BytesIO(hostile), "x.eml"), "lees-e-mail": "ja"})
    assert "<script>weg" not in answer.text
    assert "<b>x" not in answer.text
