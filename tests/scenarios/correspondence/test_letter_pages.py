"""Letters on the pages: staff write, check and send one; outside it is read with the follow-up code, and printed."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from gehoor.adapters.documents import typst_letters, typst_signs
from gehoor.adapters.documents.typst_letters import TypstLetters, letter_printer
from gehoor.core.letters.paper import PaperLetter
from gehoor.core.letters.text_blocks import text_blocks
from gehoor.services.dossiers.viewing import look
from gehoor.web.request.site import print_letters
from tests.support.clock import at
from tests.support.de_linde import fill, investigated, open_by_web
from tests.support.letters import post, with_letters, write
from tests.support.pages import Page, page_faults
from tests.support.site import PASSWORD, Site, new_site

NOW = "2026-05-21 09:00"
TYPED = "typte en nog niet bewaarde"


def ready() -> tuple[Site, str, str]:
    """The site, a complaint that can be answered, and the address of its letter."""
    site = new_site(NOW, with_letters())
    dossier = investigated(site.runtime, "onduidelijk")
    fill(site.runtime, dossier, "2026-05-20 10:00", besluit="Wij leggen het uit.", antwoord_motivering="Zo.")
    return site, dossier, f"/medewerker/dossiers/{dossier}/brieven/antwoord"


def test_a_letter_is_written_and_shown_as_it_will_be_read() -> None:
    site, _, letter = ready()
    els = site.staff("els", "kwaliteitscoordinator")
    page = els.page(letter)
    assert "Wij leggen het uit." in dict(page.form_data())["brief-tekst"]
    assert page_faults(page) == []
    kept = els.resend(letter, page, **{"brief-tekst": "Beste,\n\n# Ons besluit\n\nWij leggen het uit."})
    assert kept.status_code == 303
    check = els.page(kept.location)
    assert page_faults(check) == []
    assert "Ons besluit" in [one.text for one in check.all("h2")]


def send_form(site: Site, letter: str, **typed: str) -> tuple[int, str]:
    """Write a letter as it is given, and send it from the page where it is checked."""
    els = site.staff("els", "kwaliteitscoordinator")
    kept = els.send(letter)
    check = els.page(kept.location)
    send = f"{letter}/versturen"
    answer = els.post(send, {**dict(form_of(check, send)), **typed})
    return answer.status_code, answer.location or answer.text


def form_of(page: Page, address: str) -> list[tuple[str, str]]:
    """Return what a browser sends of the form of a page that goes to an address."""
    (form,) = [one for one in page.all("form") if one.attributes.get("action", "") == address]
    return page.form_data(form)


def test_sending_leads_to_the_letter_as_it_was_sent() -> None:
    site, dossier, letter = ready()
    status, where = send_form(site, letter, weg="post")
    assert (status, where.endswith("?verstuurd=1")) == (303, True)
    assert look(site.runtime, dossier, at(NOW)).dossier.values["antwoord_datum"] == "2026-05-21"


def test_once_a_letter_went_online_the_dossier_goes_on() -> None:
    site, dossier, letter = ready()
    status, where = send_form(site, letter, weg="follow-page")
    assert (status, where.partition("?")[0]) == (303, f"/medewerker/dossiers/{dossier}")
    els = site.visitor()
    els.send("/medewerker/aanmelden", naam="els", wachtwoord=PASSWORD)
    assert "De brief is verstuurd." in els.page(where).text


def test_what_stands_in_the_way_is_told_where_the_letter_is_checked() -> None:
    site, dossier, letter = ready()
    fill(site.runtime, dossier, "2026-05-20 11:00", nadeel_schade=["lichamelijk"])
    status, text = send_form(site, letter, weg="post")
    assert status == 422
    assert "De brief is nog niet verstuurd" in text
    assert "De verzekeraar verwittigen" in text
    assert "antwoord_datum" not in look(site.runtime, dossier, at(NOW)).dossier.values


def test_a_letter_that_was_typed_and_refused_stays_on_the_page() -> None:
    site, _, letter = ready()
    els = site.staff("els", "kwaliteitscoordinator")
    answer = els.send(letter, **{"brief-onderwerp": "", "brief-tekst": "Dit wil ik niet kwijt."})
    assert answer.status_code == 422
    assert "Dit wil ik niet kwijt." in answer.text


def test_who_was_overtaken_keeps_what_they_wrote_and_sees_the_other() -> None:
    site, dossier, letter = ready()
    els = site.staff("els", "kwaliteitscoordinator")
    page = els.page(letter)
    write(site.runtime, dossier, "2026-05-21 09:05", text="Van iemand anders.")
    answer = els.resend(letter, page, **{"brief-tekst": "Van mij."})
    assert answer.status_code == 409
    assert "Van mij." in answer.text
    assert "Van iemand anders." in answer.text


def test_what_was_typed_is_there_again_for_who_typed_it_until_it_is_saved() -> None:
    site, _, letter = ready()
    els, koen = (site.staff(name, "kwaliteitscoordinator") for name in ("els", "koen"))
    page = els.page(letter)
    typed = {**dict(page.form_data()), "brief-tekst": "Nog niet af, en de pauze is om."}
    assert els.post(f"{letter}/onbewaard", typed).status_code == 200
    again = els.page(letter)
    assert TYPED in again.text
    form = form_of(again, letter)
    assert dict(form)["brief-tekst"] == "Nog niet af, en de pauze is om."
    assert page_faults(again) == []
    assert "Nog niet af" not in koen.page(letter).text
    assert els.post(letter, dict(form)).status_code == 303
    assert TYPED not in els.page(letter).text


def test_what_was_typed_writes_nothing_over_that_another_saved_meanwhile() -> None:
    site, dossier, letter = ready()
    els = site.staff("els", "kwaliteitscoordinator")
    els.post(f"{letter}/onbewaard", {**dict(els.page(letter).form_data()), "brief-tekst": "Van mij."})
    write(site.runtime, dossier, "2026-05-21 09:05", text="Van iemand anders.")
    answer = els.post(letter, dict(form_of(els.page(letter), letter)))
    assert answer.status_code == 409
    assert "Van mij." in answer.text
    assert "Van iemand anders." in answer.text


def test_what_was_typed_can_be_thrown_away() -> None:
    site, _, letter = ready()
    els = site.staff("els", "kwaliteitscoordinator")
    page = els.page(letter)
    els.post(f"{letter}/onbewaard", {**dict(page.form_data()), "brief-tekst": "Toch niet."})
    assert els.post(f"{letter}/onbewaard/weg", dict(page.form_data())).status_code == 303
    assert "Toch niet." not in els.page(letter).text


def test_who_sends_what_another_sent_meanwhile_finds_it_among_what_was_sent() -> None:
    site, _, letter = ready()
    els, koen = (site.staff(name, "kwaliteitscoordinator") for name in ("els", "koen"))
    check = koen.page(koen.send(letter).location)
    assert els.resend(letter, els.page(letter), **{"brief-tekst": "Anders."}).status_code == 303
    other = els.page(f"{letter}/nakijken")
    send = f"{letter}/versturen"
    assert els.post(send, {**dict(form_of(other, send)), "weg": "post"}).status_code == 303
    answer = koen.post(send, {**dict(form_of(check, send)), "weg": "post"})
    assert (answer.status_code, answer.location.endswith("#brieven")) == (303, True)


def test_the_name_of_who_works_here_is_warned_about() -> None:
    site, _, letter = ready()
    site.add_staff("fatima benali", "onthaal")
    els = site.staff("els", "kwaliteitscoordinator")
    kept = els.send(letter, **{"brief-tekst": "Verpleegkundige Fatima Benali krijgt coaching."})
    assert "de naam van wie hier werkt: Fatima Benali" in els.page(kept.location).text


def test_outside_a_letter_is_read_with_the_code_and_shows_no_markup() -> None:
    site = new_site(NOW, with_letters())
    receipt = open_by_web(site.runtime, "2026-05-12 14:00")
    fill(
        site.runtime, receipt.dossier, "2026-05-13 09:00", onderwerp="Bel", registratiedatum="2026-05-13",
    )  # fmt: skip
    draft = write(
        site.runtime, receipt.dossier, "2026-05-14 09:00",
        letter="stand-van-zaken", text="# Kop\n\n<b>vet</b> {{ 7 * 7 }}",
    )  # fmt: skip
    post(
        site.runtime, receipt.dossier, draft, "2026-05-14 10:00",
        letter="stand-van-zaken", way="follow-page",
    )  # fmt: skip
    visitor = site.visitor()
    visitor.send("/volgen", code=receipt.code)
    page = visitor.page("/volgen/dossier")
    assert "Wat wij u schreven" in page.text
    assert "<b>vet</b> {{ 7 * 7 }}" in page.text
    assert page_faults(page) == []


@pytest.mark.parametrize(
    "path", ["/medewerker/dossiers/{}/brieven/bestaat-niet", "/medewerker/dossiers/{}/brieven/verstuurd/999"]
)
def test_a_letter_that_there_is_not(path: str) -> None:
    site, dossier, _ = ready()
    assert site.staff().get(path.format(dossier)).status_code == 404


def test_what_was_typed_of_a_letter_that_is_gone_meanwhile_is_given_back() -> None:
    site, dossier, letter = ready()
    els = site.staff("els", "kwaliteitscoordinator")
    form = els.page(letter).form_data()
    typed = {**dict(form), "brief-tekst": "Wij zochten het <b>uit</b>."}
    answer = els.post(letter.replace("antwoord", "bestaat-niet"), typed)
    assert answer.status_code == 409
    page = Page(answer.text)
    assert page_faults(page) == []
    assert page.one("h1").text == "Deze brief is er niet meer"
    given = page.one("textarea", id="geschreven").text
    assert given.endswith("Wij zochten het <b>uit</b>.")
    empty = {**typed, "brief-tekst": "", "brief-onderwerp": ""}
    assert els.post(letter.replace("antwoord", "bestaat-niet"), empty).status_code == 404
    assert look(site.runtime, dossier, at(NOW)).dossier.drafts == {}


def test_whoever_writes_a_letter_from_the_form_keeps_what_was_typed_first() -> None:
    site, dossier, letter = ready()
    els = site.staff("els", "kwaliteitscoordinator")
    home = f"/medewerker/dossiers/{dossier}"
    answer = els.send(home, v_besluit="Wij zochten het uit.", brief="antwoord")
    assert (answer.status_code, answer.location) == (303, letter)
    assert "Wij zochten het uit." in dict(els.page(answer.location).form_data())["brief-tekst"]
    assert els.send(home, brief="bestaat-niet").location.startswith(home)


def test_a_letter_on_paper_has_who_gets_it_and_their_address() -> None:
    site, dossier, letter = ready()
    fill(site.runtime, dossier, NOW, klager_straat_nr="Dorpsstraat 1, 9000 Gent")
    _, where = send_form(site, letter, weg="post")
    page = site.staff("ria", "onthaal").page(where.partition("?")[0] + "/afdruk")
    assert page.one("p", class_="recipient").text == "PeetersDorpsstraat 1, 9000 Gent"
    assert page_faults(page) == []


def test_a_letter_as_pdf_has_a_structure_to_read_aloud() -> None:
    site, _, letter = ready()
    print_letters(site.app, letter_printer())
    status, where = send_form(site, letter, weg="post")
    assert status == 303
    els = site.staff("ria", "onthaal")
    answer = els.get(where.partition("?")[0] + "/brief.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    with pikepdf.open(io.BytesIO(answer.data)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "nl"
        assert document.docinfo["/Title"] == "Ons antwoord (BEU-2026-0001)"
        assert "/StructTreeRoot" in document.Root


def test_no_word_of_a_letter_is_read_as_markup_of_the_document() -> None:
    text = '#eval("1") $x$ *y* @z <label> `raw` \\ #read("/etc/passwd") ]'
    paper = PaperLetter(
        "nl", text, text_blocks(f"{text}\n\n- {text}\n\n# {text}"), ("De Linde",), "vandaag", "1"
    )
    assert TypstLetters().pdf(paper).startswith(b"%PDF")


def _picture(width: int, kind: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, 2), (11, 92, 98)).save(made, kind)
    return made.getvalue()


def _with_logo(logo: bytes) -> PaperLetter:
    return replace(_paper("x"), logo=logo, logo_says="Logo De Linde")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_logo_stands_on_a_letter_and_is_read_aloud(kind: str) -> None:
    with pikepdf.open(io.BytesIO(TypstLetters().pdf(_with_logo(_picture(40, kind))))) as document:
        figures = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
        assert [str(one.Alt) for one in figures] == ["Logo De Linde"]


@pytest.mark.parametrize(
    "logo", [_picture(40, "WEBP"), _picture(2_000_001), _picture(40)[:60], b"\x89PNG\r\n\x1a\n", b"<svg/>"]
)
def test_a_logo_that_cannot_be_drawn_stops_no_letter(logo: bytes) -> None:
    with pikepdf.open(io.BytesIO(TypstLetters().pdf(_with_logo(logo)))) as document:
        assert all("/Alt" not in one for one in document.objects if isinstance(one, pikepdf.Dictionary))


def _paper(text: str) -> PaperLetter:
    return PaperLetter("nl", text, text_blocks(text), (f"De Linde {text}",), "vandaag", "1")


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Beste Lieve", ()),
        ("Ωμέγα, Дмитрий, عمر, étage, ğ, €", ()),
        ("Dank u \U0001f600", ("\U0001f600",)),
        ("中文 \U0001f600 中", ("中", "文", "\U0001f600")),
        ("\x01\u200d\ufe0f", ()),
    ],
)
def test_a_sign_that_no_font_has_is_told_and_stops_no_letter(text: str, signs: tuple[str, ...]) -> None:
    printer = TypstLetters()
    assert printer.unshown(_paper(text)) == signs
    assert printer.pdf(_paper(text)).startswith(b"%PDF")


def test_a_letter_of_signs_that_no_font_has_is_made_in_bounded_work(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []
    compiled = typst_signs.compiled

    def counted(template: bytes, said: str) -> bytes:
        made.append(template)
        return compiled(template, said)

    for module in (typst_letters, typst_signs):
        monkeypatch.setattr(module, "compiled", counted)
    text = "Ωμέγα " + "".join(map(chr, range(0x4E00, 0x4E00 + 2000)))
    assert TypstLetters().pdf(_paper(text)).startswith(b"%PDF")
    assert len(made) <= typst_signs._MOST_TRIES + 1


def test_who_checks_a_letter_hears_what_its_pdf_cannot_show() -> None:
    site, dossier, letter = ready()
    write(site.runtime, dossier, NOW, text="Dank u \U0001f600")
    print_letters(site.app, letter_printer())
    ria = site.staff("ria", "onthaal")
    assert "De PDF kan dit niet tonen: \U0001f600." in ria.page(f"{letter}/nakijken").text
    _, where = send_form(site, letter, weg="post")
    assert "De PDF kan dit niet tonen: \U0001f600." in ria.page(where).text
    assert ria.get(where.partition("?")[0] + "/brief.pdf").status_code == 200


def test_where_no_pdf_can_be_made_the_page_says_how_to_print() -> None:
    site, _, letter = ready()
    status, where = send_form(site, letter, weg="post")
    page = site.staff("ria", "onthaal").page(where)
    assert "Kies bij het afdrukken in uw browser voor opslaan als PDF." in page.text
    assert status == 303
