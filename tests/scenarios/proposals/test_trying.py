"""A proposal is tried on the pages themselves, with a register that is thrown away."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.bootstrap.drafting.previews import Previews
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.web.app import create_app
from gehoor.web.request.draft import Draft
from tests.support.clock import Clock
from tests.support.de_linde import staff
from tests.support.passwords import QuickHasher
from tests.support.site import SameSite, tools
from tests.support.workbench import LENGTH, LINDE, TERMS, begun, replaced, with_agreements


@pytest.fixture
def runtime(drafter: ConfinedDrafter) -> Runtime:
    found = with_agreements(drafter)
    staff(found, "els", "de-linde/*:kwaliteitscoordinator")
    return found


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-05-12 14:00")


@pytest.fixture
def previews(runtime: Runtime, drafter: ConfinedDrafter, tmp_path: Path, clock: Clock):  # type: ignore[no-untyped-def]
    def make(tried: Runtime, draft: Draft | None):  # type: ignore[no-untyped-def]
        app = create_app(
            tried,
            hasher=QuickHasher(),
            tools=tools(),
            clock=clock,
            secret_key="not a secret",
            secure_cookies=False,
            draft=draft,
        )
        app.test_client_class = SameSite
        return app

    found = Previews(runtime, drafter, "secret", tmp_path / "proberen", make, clock)
    found.main = make(runtime, None)  # type: ignore[attr-defined]
    found.main.wsgi_app = found.around(found.main.wsgi_app)  # type: ignore[attr-defined]
    yield found
    found.close()


def client(previews: Previews) -> FlaskClient:
    return previews.main.test_client()  # type: ignore[attr-defined, no-any-return]


def test_the_form_is_as_it_would_be_and_says_that_it_is_to_try(runtime: Runtime, previews: Previews) -> None:
    seen = replaced(runtime, begun(runtime), TERMS, LENGTH, "binnen: 3 werkdagen")
    found = previews.preview(LINDE, seen.tree, seen.title)
    answer = client(previews).get(f"{found.address}{LINDE}/beukenhof/")
    assert answer.status_code == 200
    assert "Om te proberen." in answer.text
    assert f'href="{found.address}{LINDE}/beukenhof/melden"' in answer.text
    words = client(previews).get(f"{found.address}{LINDE}/beukenhof/afspraken").text
    assert "Wij doen dit binnen 3 werkdagen." in words


def test_what_is_filled_in_there_comes_nowhere_else(runtime: Runtime, previews: Previews) -> None:
    seen = begun(runtime)
    found = previews.preview(LINDE, seen.tree, seen.title)
    browser = client(previews)
    browser.get(f"{found.address}{LINDE}/beukenhof/melden")
    with reading(runtime.store) as register:
        assert list(register.tables.scan("unsent")) == []
        assert list(register.tables.scan("dossiers")) == []


def test_an_address_that_nobody_made_leads_nowhere(runtime: Runtime, previews: Previews) -> None:
    seen = begun(runtime)
    found = previews.preview(LINDE, seen.tree, seen.title)
    forged = found.address[:-4] + "xxx/"
    assert client(previews).get(forged).status_code == 404


def test_an_address_ends_and_lasts_long_enough(runtime: Runtime, previews: Previews, clock: Clock) -> None:
    seen = begun(runtime)
    found = previews.preview(LINDE, seen.tree, seen.title)
    clock.to("2026-05-13 01:00")
    assert client(previews).get(found.address).status_code == 200
    clock.to("2026-05-13 15:00")
    assert client(previews).get(found.address).status_code == 404


def test_with_a_mistake_in_it_there_is_nothing_to_try(runtime: Runtime, previews: Previews) -> None:
    seen = replaced(runtime, begun(runtime), TERMS, LENGTH, "binnen: 3 werkdgaen")
    found = previews.preview(LINDE, seen.tree, seen.title)
    assert client(previews).get(found.address).status_code == 404


def test_who_tries_it_as_staff_signs_in_there_and_nowhere_else(runtime: Runtime, previews: Previews) -> None:
    seen = begun(runtime)
    found = previews.preview(LINDE, seen.tree, seen.title)
    browser = client(previews)
    answer = browser.get(f"{found.address}medewerker/")
    assert answer.location.startswith(f"{found.address}medewerker/aanmelden")
    assert browser.get("/medewerker/").location.startswith("/medewerker/aanmelden")
