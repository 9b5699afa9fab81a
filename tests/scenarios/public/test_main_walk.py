"""The whole walk, over a real server: from the published files to a missed term that everyone can see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener
from uuid import uuid4

import pytest

from gehoor.adapters.durable.engine import DurableRuleEngine
from gehoor.adapters.security.file_inspector import SniffingInspector
from gehoor.adapters.security.sealing import AesSealer
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.accounts.accounts import add_account
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.jobs.sweep import sweep
from gehoor.services.ports.records import Account
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.library import Library
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.web.app import create_app
from tests.support.clock import Clock
from tests.support.de_linde import ORGANISATION, PUBLISHED_ON, STORY, departments
from tests.support.pages import Page, page_faults
from tests.support.passwords import QuickHasher
from tests.support.patience import PATIENCE
from tests.support.serving import serving
from tests.support.site import tools


class _StayPut(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class Browser:
    """A browser on a real connection: cookies, forms, and redirects that it follows when told to."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()), _StayPut)

    def ask(self, path: str, data: list[tuple[str, str]] | None = None) -> tuple[int, str, str]:
        """Return the status, where it leads to, and the page."""
        body = None if data is None else urlencode(data).encode()
        request = Request(urljoin(self._home, path), data=body, headers={"Origin": self._home})
        try:
            answer = self._opener.open(request, timeout=PATIENCE)
        except HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()

    def see(self, path: str) -> Page:
        status, _, html = self.ask(path)
        assert status == 200, (path, status)
        page = Page(html)
        assert page_faults(page) == []
        return page

    def send(self, path: str, page: Page, **typed: str) -> tuple[int, str, Page]:
        kept = [(name, value) for name, value in page.form_data() if name not in typed]
        status, onward, html = self.ask(path, [*kept, *typed.items()])
        return status, onward, Page(html)


class House:
    """De Linde, served from a file."""

    def __init__(self, file: Path) -> None:
        self.clock = Clock("2026-05-12 14:00")
        self.store = TinyDBStore(file, SCHEMAS)
        self.runtime = Runtime(
            self.store, DurableRuleEngine(), Library(), lambda dossier: f"{self.home}/medewerker/dossiers/{dossier}",
            lambda: uuid4().hex, SniffingInspector(), AesSealer(),
        )  # fmt: skip
        hasher = QuickHasher()
        self.app = create_app(
            self.runtime,
            hasher=hasher,
            tools=tools(),
            clock=self.clock,
            secret_key="not a secret",
            secure_cookies=False,
        )
        self.home = ""
        proposals = [
            Publishable(ORGANISATION, name, loaded.document, loaded.places)
            for name, loaded in departments().items()
        ]
        publish(self.runtime, proposals, PUBLISHED_ON, "coordinator")
        karen = Account(
            "karen", "Karen", "karen@delinde.example", "", (f"{ORGANISATION}/*:kwaliteitscoordinator",)
        )
        add_account(self.runtime, hasher, karen, "lindebloesem")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "register.db")
    with serving(house.app, threads=2) as port:
        house.home = f"http://127.0.0.1:{port}"
        yield house
    house.store.close()


def signed_in(house: House) -> Browser:
    """Return the browser of Karen, who was sent to the sign-in page first."""
    staff = Browser(house.home)
    status, sign_in, _ = staff.ask("/medewerker/")
    assert status == 302
    status, onward, _ = staff.send(sign_in, staff.see(sign_in), naam="Karen", wachtwoord="lindebloesem")
    assert (status, onward) == (303, "/medewerker/")
    return staff


def test_from_the_published_files_to_a_missed_term_that_everyone_can_see(house: House) -> None:
    # Someone reads what a complaint is here, and how it is handled.
    visitor = Browser(house.home)
    door = visitor.see("/").one("a", href="/de-linde/beukenhof/").attributes["href"]
    department = visitor.see(door)
    assert "Elke uiting van ontevredenheid" in department.text
    assert "binnen 5 werkdagen" in department.text
    start = department.one("a", class_="button").attributes["href"]
    (way_in,) = [
        link.attributes["href"] for link in visitor.see(start).all("a") if "één bladzijde" in link.text
    ]

    # They tell it, and forget how to be reached: nothing is lost, and the page says where to look.
    status, _, refused = visitor.send(
        way_in, visitor.see(way_in), v_uiteenzetting=STORY, v_anoniem="nee", v_klager_naam="Els Peeters"
    )
    assert status == 422
    assert page_faults(refused) == []
    assert refused.title.startswith("Fout: ")
    assert (refused.value("v_uiteenzetting"), refused.value("v_klager_naam")) == (STORY, "Els Peeters")
    said = "Geef een e-mail of een telefoonnummer"
    assert said in refused.one("div", class_="summary").text
    assert said in refused.by_id("v_klager_email-fout").text

    # They add it and send again: a number, and a code to follow it with.
    status, onward, _ = visitor.send(way_in, refused, v_klager_email="els@voorbeeld.be")
    assert status == 303
    receipt = visitor.see(onward)
    assert "BEU-2026-0001" in receipt.text
    code = receipt.one("strong", class_="code").text
    assert re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", code)

    # Days later, on another device, they see how far it is.
    house.clock.to("2026-05-15 10:00")
    elsewhere = Browser(house.home)
    status, onward, _ = elsewhere.send("/volgen", elsewhere.see("/volgen"), code=code.lower())
    assert status == 303
    followed = elsewhere.see(onward)
    assert "BEU-2026-0001" in followed.text
    assert "woensdag 20 mei 2026" in followed.text

    # Staff signs in and finds it on the work list.
    staff = signed_in(house)
    (link,) = [link for link in staff.see("/medewerker/").all("a") if link.text == "BEU-2026-0001"]
    dossier = link.attributes["href"]
    before = staff.see(dossier)
    assert STORY in before.text
    assert "Te laat" not in before.text

    # Nobody does anything. At midnight after the fifth working day the platform does.
    house.clock.to("2026-05-21 00:00")
    swept = sweep(house.runtime, house.clock())
    assert [(flag.number, flag.deadline, flag.due) for flag in swept.missed] == [
        ("BEU-2026-0001", "registratie", "2026-05-15"),
        ("BEU-2026-0001", "ontvangstmelding", "2026-05-20"),
    ]
    house.clock.to("2026-05-21 01:00")
    staff = signed_in(house)
    assert "Te laat: Ontvangstmelding versturen" in staff.see(f"{dossier}/verloop").text
    assert len(staff.see(f"{dossier}/overzicht").all("span", class_="badge-late")) >= 2
    assert len(staff.see("/medewerker/").all("span", class_="badge-late")) == 1
    with reading(house.store) as register:
        waiting = register.messages_of(dossier.rpartition("/")[2])
    assert [(message.recipients, message.state) for message in waiting] == [
        (("karen@delinde.example",), "waiting")
    ] * 2
    assert all("BEU-2026-0001" in m.text and f"{house.home}{dossier}" in m.text for m in waiting)
    assert not any(STORY in message.text for message in waiting)
