"""The page of an empty form is made once for all visitors: what is theirs never is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.library import Library
from gehoor.services.register.register import reading, writing
from tests.support.site import new_site

PATH = "/de-linde/beukenhof/melden/alles"


@pytest.fixture
def site():
    return new_site()


def hidden(page, name):
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]


def test_each_visitor_gets_a_key_of_their_own(site):
    given = {hidden(site.app.test_client().get(PATH).text, "sleutel") for _ in range(3)}
    assert len(given) == 3
    assert all(len(one) > 20 for one in given)


def test_page_is_the_same_each_time_but_for_that_key(site):
    first, second = (site.app.test_client().get(PATH).text for _ in range(2))
    first, second = (page.replace(hidden(page, "sleutel"), "") for page in (first, second))
    assert first == second


def test_form_that_was_made_before_can_be_sent_by_each_visitor(site):
    for name in ("Ann", "Bert"):
        visitor = site.app.test_client()
        page = visitor.get(PATH).text
        typed = {
            "sleutel": hidden(page, "sleutel"),
            "v_uiteenzetting": "De soep was koud.",
            "v_anoniem": "nee",
            "v_klager_naam": name,
            "v_klager_email": f"{name}@example.org",
        }
        assert visitor.post(PATH, data=typed).status_code == 303


def test_refused_answers_of_one_visitor_are_not_in_the_page_of_the_next(site):
    visitor = site.app.test_client()
    page = visitor.get(PATH).text
    typed = {"sleutel": hidden(page, "sleutel"), "v_klager_naam": "Ann Peeters"}
    assert "Ann Peeters" in visitor.post(PATH, data=typed).text
    assert "Ann Peeters" not in site.app.test_client().get(PATH).text


def test_each_language_has_its_own_page(site):
    dutch = site.app.test_client().get(PATH).text
    visitor = site.app.test_client()
    asked = visitor.get(f"{PATH}?taal=fr").text
    remembered = visitor.get(PATH).text
    assert "Racontez-nous" not in dutch
    assert "Racontez-nous" in asked
    assert "Racontez-nous" in remembered
    assert "Racontez-nous" not in site.app.test_client().get(PATH).text


def publish_title(runtime, title):
    with reading(runtime.store) as register:
        in_force = register.publications("de-linde", "beukenhof")[-1].agreement
        document, places = register.agreement_document(in_force)
    document["forms"]["melden"]["title"] = title
    when = datetime(2026, 5, 12, 11, tzinfo=UTC)
    publish(runtime, [Publishable("de-linde", "beukenhof", document, places)], when, "Els")


def test_agreement_that_was_published_is_on_the_next_page(site):
    site.app.test_client().get(PATH)
    publish_title(site.runtime, "Zeg het ons")
    assert '<h1 dir="auto">Zeg het ons</h1>' in site.app.test_client().get(PATH).text


def test_agreement_that_another_process_published_is_on_the_next_page(site):
    site.app.test_client().get(PATH)
    publish_title(replace(site.runtime, library=Library()), "Zeg het ons")
    assert '<h1 dir="auto">Zeg het ons</h1>' in site.app.test_client().get(PATH).text


def publish_and_fail(site):
    with writing(site.runtime.store) as register:
        published = register.publications("de-linde", "beukenhof")[-1]
        register.publish(replace(published, agreement="never", sequence=published.sequence + 1))
        with pytest.raises(DamagedError, match="never"):
            site.runtime.library.in_force(register, "de-linde", "beukenhof", site.clock())
        raise ZeroDivisionError


def test_publication_that_failed_changes_nothing(site):
    with pytest.raises(ZeroDivisionError):
        publish_and_fail(site)
    assert site.app.test_client().get(PATH).status_code == 200


def test_what_was_published_while_looking_whether_anything_was_is_on_the_page(site, monkeypatch):
    site.app.test_client().get(PATH)
    publish_title(site.runtime, "Vertel")
    stamp = site.runtime.store.stamp

    def while_looking():
        monkeypatch.undo()
        before = stamp()
        publish_title(site.runtime, "Zeg het ons")
        return before

    monkeypatch.setattr(site.runtime.store, "stamp", while_looking)
    for _ in range(2):
        assert '<h1 dir="auto">Zeg het ons</h1>' in site.app.test_client().get(PATH).text
