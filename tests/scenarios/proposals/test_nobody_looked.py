"""Where files are not read, as it is busy or they are too much, that is said: nothing is lost or called fine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.proposals.sources import LARGEST_FILE, SourcesError
from gehoor.services.ports.drafting import Act, NoSuchPlaceError, SheetEdit
from tests.support.pages import Page
from tests.support.site import Site, Visitor
from tests.support.workbench import LINDE, TERMS, begun, files, sent, workbench_site

ROOM = "/medewerker/werkplaats/voorstel"


@pytest.fixture
def site(drafter: ConfinedDrafter) -> Site:
    return workbench_site(drafter)


@pytest.fixture
def els(site: Site) -> Visitor:
    return site.staff("els", "de-linde/*:kwaliteitscoordinator")


@pytest.fixture
def room(site: Site, els: Visitor) -> str:
    site.clock.to("2026-05-12 14:00")
    return f"{ROOM}/{begun(site.runtime).id}"


@contextmanager
def busy(drafter: ConfinedDrafter) -> Iterator[None]:
    """Let others take every place there is."""
    workers = drafter.workers
    taken = [workers._places.acquire(blocking=False) for _ in range(workers.most + workers.waiting)]
    drafter._judged.clear()
    try:
        yield
    finally:
        for one in taken:
            if one:
                workers._places.release()


def test_a_page_that_must_wait_says_so_and_the_first_page_stays_as_it_is(
    site: Site, drafter: ConfinedDrafter, els: Visitor, room: str
) -> None:
    with busy(drafter):
        answer = els.get(f"{room}/bewerken")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert "Het is nu te druk" in answer.text
        assert site.visitor().get("/").status_code == 200
    assert els.get(f"{room}/bewerken").status_code == 200


def test_what_was_filled_in_goes_along_when_it_is_tried_again(
    drafter: ConfinedDrafter, els: Visitor, room: str
) -> None:
    with busy(drafter):
        answer = sent(
            els, f"{room}/erbij/{TERMS}?p=termijnen", naam="Een <b>nieuwe</b>", gevraagd=["een", "twee"]
        )
        assert answer.status_code == 503
    assert "Een &lt;b&gt;nieuwe&lt;/b&gt;</textarea>" in answer.text
    assert answer.text.count('name="gevraagd"') == 2
    page = Page(answer.text)
    (form,) = [one for one in page.all("form") if one.attributes.get("action", "").startswith(room)]
    typed = dict(page.form_data(form))
    assert typed["naam"] == "Een <b>nieuwe</b>"
    assert els.post(form.attributes["action"], typed).status_code == 303
    assert f'action="{room}/erbij/{TERMS}?p=termijnen"' in answer.text


@pytest.mark.parametrize(
    "place", ["", "/lezen", "/proberen", "/voorbeelden", "/vertalen", "/afspreken", f"/tekst/{TERMS}"]
)
def test_what_nobody_looked_at_is_never_fine(
    drafter: ConfinedDrafter, els: Visitor, room: str, place: str
) -> None:
    with busy(drafter):
        answer = els.get(f"{room}{place}")
    assert answer.status_code == 200
    assert "Niet nagekeken" in answer.text
    assert '<span class="badge badge-on-time">' not in answer.text
    assert "er een fout in staat" not in answer.text


def test_while_one_types_it_is_asked_again_later(drafter: ConfinedDrafter, els: Visitor, room: str) -> None:
    with busy(drafter):
        answer = sent(els, f"{room}/tekst/{TERMS}/nakijken", tekst="taal: nl\n")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["again"]
    assert answer.json["counts"]["known"] == 0


def test_a_file_that_is_too_large_is_refused_with_a_sentence_and_stays_on_the_page(
    els: Visitor, room: str
) -> None:
    typed = "#" * (LARGEST_FILE + 1)
    tree = els.page(f"{room}/tekst/{TERMS}").value("gezien")
    answer = sent(els, f"{room}/tekst/{TERMS}", tekst=typed, gezien=tree)
    assert answer.status_code == 409
    assert f"{TERMS} is te groot" in answer.text
    assert typed in answer.text
    answer = sent(els, f"{room}/tekst/{TERMS}/nakijken", tekst=typed)
    assert answer.json is not None
    assert "te groot" in answer.json["why"]


@pytest.mark.parametrize(
    "file", ["../../../etc/passwd", "/etc/passwd", "rules/waterhof/termijnen.yaml", "rules"]
)
def test_of_a_file_that_is_not_among_them_nothing_is_read(drafter: ConfinedDrafter, file: str) -> None:
    with pytest.raises(NoSuchPlaceError):
        drafter.sheet(files(), LINDE, file, ())
    with pytest.raises(NoSuchPlaceError):
        drafter.edit(files(), LINDE, SheetEdit(Act.REMOVE, file, ("termijnen",)))


@pytest.mark.parametrize(
    "odd",
    [
        {"../x/y.yaml": b""},
        {"rules/de-linde/a": b"", "rules/de-linde/a/b.yaml": b""},
        {f"rules/de-linde/{number}.yaml": b"" for number in range(501)},
    ],
)
def test_files_that_nobody_may_have_are_never_written_to_be_read(
    drafter: ConfinedDrafter, odd: Mapping[str, bytes]
) -> None:
    with pytest.raises(SourcesError):
        drafter.outline(odd, LINDE)


def test_a_forged_post_about_a_file_elsewhere_finds_nothing(els: Visitor, room: str) -> None:
    for what in ("erbij", "naam", "weg", "ding"):
        for file in ("../../../../../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "etc/passwd"):
            assert sent(els, f"{room}/{what}/{file}?p=root", naam="x").status_code in {404, 405}


def test_whoever_only_reads_has_nobody_look_at_what_they_type(
    site: Site, drafter: ConfinedDrafter, els: Visitor, room: str
) -> None:
    tine = site.staff("tine", "de-linde/*:teamverantwoordelijke")
    asked = drafter.workers
    with busy(drafter):
        answer = sent(tine, f"{room}/tekst/{TERMS}/nakijken", tekst="taal: nl\n")
        assert answer.status_code == 403
    assert asked.most + asked.waiting == 5
    answer = sent(tine, f"{room}/tekst/{TERMS}", tekst="termijnen: [", gezien="x", nakijken="ja")
    assert "In orde" in answer.text
    assert els.get(f"{room}/tekst/{TERMS}").status_code == 200


def test_more_lines_than_files_hold_are_refused(drafter: ConfinedDrafter) -> None:
    many = {f"rules/de-linde/{number}.yaml": b"\n" * 50_000 for number in range(5)}
    with pytest.raises(SourcesError):
        drafter.outline(many, LINDE)


def test_a_form_that_nobody_could_look_over_is_not_called_right_and_is_asked_again(
    drafter: ConfinedDrafter, els: Visitor, room: str
) -> None:
    place = f"{room}/nakijken/{TERMS}?p=termijnen&p=ontvangstmelding"
    with busy(drafter):
        found = sent(els, place, gevraagd="binnen", w_binnen="3 werkdgaen").json
    assert (found["looked"], found["again"], found["counts"]["known"]) == (False, True, 0)
    assert "te druk" in found["why"]
    assert list(sent(els, place, gevraagd="binnen", w_binnen="3 werkdgaen").json["told"]) == ["binnen"]
