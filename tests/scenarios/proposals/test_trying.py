"""A proposal is tried on the pages themselves, with a register that is thrown away."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.bootstrap.drafting.preview_files import PreviewFiles, forget_ended
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


# What was typed there goes away


def kept(tmp_path: Path) -> list[str]:
    folder = tmp_path / "proberen"
    return sorted(one.name for one in folder.iterdir() if ".db" in one.name) if folder.is_dir() else []


def opened(runtime: Runtime, previews: Previews) -> str:
    seen = begun(runtime)
    address = previews.preview(LINDE, seen.tree, seen.title).address
    assert client(previews).get(f"{address}{LINDE}/beukenhof/melden").status_code < 400
    return address


def test_it_stands_where_nobody_else_reads(runtime: Runtime, previews: Previews, tmp_path: Path) -> None:
    (tmp_path / "proberen").mkdir(mode=0o755)
    opened(runtime, previews)
    assert (tmp_path / "proberen").stat().st_mode & 0o777 == 0o700
    assert kept(tmp_path)
    assert {one.stat().st_mode & 0o777 for one in (tmp_path / "proberen").iterdir()} == {0o600}


def test_when_an_address_ended_it_is_gone_at_the_next_request_of_anybody(
    runtime: Runtime, previews: Previews, tmp_path: Path, clock: Clock
) -> None:
    opened(runtime, previews)
    clock.to("2026-05-13 15:00")
    assert client(previews).get("/").status_code == 200
    assert kept(tmp_path) == []


def test_also_at_the_next_sweep_of_whoever(
    runtime: Runtime, previews: Previews, tmp_path: Path, clock: Clock
) -> None:
    opened(runtime, previews)
    forget_ended(tmp_path / "proberen", clock.now.timestamp())
    assert kept(tmp_path)
    clock.to("2026-05-13 15:00")
    forget_ended(tmp_path / "proberen", clock.now.timestamp())
    assert kept(tmp_path) == []


def test_when_the_last_process_that_shows_it_ends_it_is_gone(
    runtime: Runtime, previews: Previews, tmp_path: Path
) -> None:
    opened(runtime, previews)
    other = PreviewFiles(tmp_path / "proberen")
    other.place("iets", 1)
    previews.close()
    assert kept(tmp_path)
    other.close()
    assert kept(tmp_path) == []


def test_what_a_killed_process_left_is_gone_when_the_next_begins(tmp_path: Path) -> None:
    (tmp_path / "proberen").mkdir()
    left = tmp_path / "proberen" / f"99999999999-{'a' * 24}.db-wal"
    left.touch()
    PreviewFiles(tmp_path / "proberen")
    assert not left.exists()


def test_a_process_that_forgets_to_close_leaves_nothing(
    runtime: Runtime, drafter: ConfinedDrafter, tmp_path: Path
) -> None:
    files = PreviewFiles(tmp_path / "proberen")
    files.place("iets", 99999999999).touch()
    assert kept(tmp_path)
    del files
    gc.collect()
    assert kept(tmp_path) == []


# Addresses of what is not there


def test_an_address_whose_files_are_gone_is_a_page_that_does_not_exist(
    runtime: Runtime, previews: Previews
) -> None:
    seen = begun(runtime)
    for tree in ("0" * 64, ""):
        address = previews.preview(LINDE, tree, seen.title).address
        answer = client(previews).get(address)
        assert answer.status_code == 404
        assert "Deze pagina bestaat niet" in answer.text
    elsewhere = previews.preview("waterhof", seen.tree, seen.title).address
    assert client(previews).get(elsewhere).status_code == 404


def test_while_another_is_made_nobody_waits_for_it(runtime: Runtime, previews: Previews) -> None:
    seen = begun(runtime)
    address = previews.preview(LINDE, seen.tree, seen.title).address
    with previews._making:
        answer = client(previews).get(address)
        assert (answer.status_code, bool(answer.headers["Retry-After"])) == (503, True)
        assert "Even wachten" in answer.text
        assert client(previews).get("/").status_code == 200
    assert client(previews).get(address).status_code in {200, 302, 303}
