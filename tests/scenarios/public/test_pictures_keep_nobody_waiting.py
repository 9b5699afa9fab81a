"""While somebody sends one huge picture after the other, everybody else gets their pages and sends their files."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from gehoor.adapters.security.file_inspector import SniffingInspector
from gehoor.core.forms.file_kinds import FileKind
from gehoor.services.ports.outside import CleaningBounds
from gehoor.web.forms import cleaning_queue
from gehoor.web.security.bodies_first import BodiesFirst
from tests.support.de_linde import ORGANISATION, STORY, de_linde
from tests.support.pages import Page
from tests.support.patience import PATIENCE
from tests.support.pictures import photo
from tests.support.site import Site, new_site

TELL = f"/{ORGANISATION}/beukenhof/melden/alles"
TOLD = {"v_uiteenzetting": STORY, "v_anoniem": "ja"}
GREEDY, OTHER = "192.0.2.1", "198.51.100.7"
BUSY = "Wij kijken nu veel bestanden na. Wat u schreef, is er nog: voeg “trap.jpg” straks opnieuw toe."


class Slow:
    """Looks at files as ever, but every file takes until it is told to go on."""

    def __init__(self) -> None:
        self.goes_on = threading.Event()
        self.begun = threading.Semaphore(0)
        self.seen: list[str] = []
        self._lock, self._now, self.most = threading.Lock(), 0, 0

    def cleaned(self, content: bytes, kind: FileKind, bounds: CleaningBounds) -> bytes:
        with bounds.turn():
            with self._lock:
                self._now += 1
                self.most = max(self.most, self._now)
            self.begun.release()
            assert self.goes_on.wait(PATIENCE)
            with self._lock:
                self._now -= 1
        return SniffingInspector().cleaned(content, kind, Free())


class Free:
    @contextmanager
    def turn(self) -> Iterator[None]:
        yield

    def spend(self, pixels: int) -> None:
        """Spend nothing."""


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def site(slow: Slow) -> Site:
    made = new_site(runtime=replace(de_linde(names=("beukenhof",)), inspector=slow))
    made.app.wsgi_app = BodiesFirst(made.app.wsgi_app, at_once=2, of_network=50)  # type: ignore[method-assign]
    return made


def told_with_pictures(site: Site, address: str, name: str = "trap.jpg") -> TestResponse:
    """Tell something with a picture, as a visitor from an address."""
    visitor = site.visitor()
    visitor.client.environ_base["REMOTE_ADDR"] = address
    return visitor.send(TELL, **TOLD, v_bijlagen=[(io.BytesIO(photo()), name)])


@contextmanager
def greedy(site: Site, slow: Slow, amount: int) -> Iterator[list[Future[TestResponse]]]:
    """Have one network send so many forms with a picture, and have the first of them take its time."""
    with ThreadPoolExecutor(amount) as senders:
        try:
            sent = [senders.submit(told_with_pictures, site, GREEDY) for _ in range(amount)]
            assert slow.begun.acquire(timeout=PATIENCE)
            yield sent
        finally:
            slow.goes_on.set()


def refused(sent: list[Future[TestResponse]], amount: int) -> list[TestResponse]:
    """Wait until so many were answered while the first picture is still being made anew."""
    answered: list[TestResponse] = []
    while len(answered) < amount:
        time.sleep(0.01)
        answered = [one.result() for one in sent if one.done()]
    return answered


def test_others_get_their_pages_while_huge_pictures_come_in(site: Site, slow: Slow) -> None:
    with greedy(site, slow, 10) as sent:
        for _ in range(5):
            assert site.visitor().get(TELL).status_code == 200
            assert site.visitor().send(TELL, **TOLD).status_code == 303, "they tell what they have to tell"
        at_once = refused(sent, 10 - cleaning_queue._OF_NETWORK)
        assert {answer.status_code for answer in at_once} == {422}
    assert sorted(one.result().status_code for one in sent) == [303] * 4 + [422] * 6
    assert slow.most == 1, "one picture at a time is unpacked"


def test_who_is_asked_to_try_again_has_lost_nothing(site: Site, slow: Slow) -> None:
    with greedy(site, slow, 6) as sent:
        answer, _ = refused(sent, 2)
        page = Page(answer.text)
    assert [e.text.removeprefix("Fout: ") for e in page.all("p", class_="error")] == [BUSY]
    assert dict(page.form_data())["v_uiteenzetting"] == STORY
    assert (
        site.visitor().resend(TELL, page, v_bijlagen=[(io.BytesIO(photo()), "trap.jpg")]).status_code == 303
    )


def test_a_picture_of_somebody_else_goes_before_the_rest_of_who_sends_many(site: Site, slow: Slow) -> None:
    with ThreadPoolExecutor(1) as someone, greedy(site, slow, 4) as sent:
        queue: cleaning_queue.CleaningQueue = site.app.extensions["gehoor-cleaning"]
        theirs = someone.submit(told_with_pictures, site, OTHER)
        while len(queue._waiting) < 4:
            assert not theirs.done()
            time.sleep(0.01)
        assert queue._next()[0] == cleaning_queue.network_of(OTHER)
    assert theirs.result().status_code == 303
    assert {one.result().status_code for one in sent} == {303}


def test_the_pictures_of_one_form_have_so_many_pixels_together_and_the_rest_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cleaning_queue.FormBounds, "__init__", lambda self: setattr(self, "pixels", 2000))
    visitor = new_site().visitor()
    pictures = [(io.BytesIO(photo()), f"{number}.jpg") for number in range(3)]
    answer = visitor.send(TELL, **TOLD, v_bijlagen=pictures)
    page = Page(answer.text)
    (said,) = [e.text for e in page.all("p", class_="error")]
    assert "Voeg “2.jpg” daarna toe" in said
    assert visitor.resend(TELL, page, v_bijlagen=[(io.BytesIO(photo()), "2.jpg")]).status_code == 303
