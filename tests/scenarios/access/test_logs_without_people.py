"""Whatever people do, and whatever goes wrong: the log says that it did, and nothing of who they are."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from gehoor.adapters.mail.smtp import SmtpMailer
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.logs import SETTING, start_logging
from gehoor.services.jobs.sweep import sweep
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.store import DamagedError, StoreUnavailableError
from gehoor.web.public import home
from tests.support.de_linde import ORGANISATION
from tests.support.pages import Page
from tests.support.pictures import PDF
from tests.support.site import PASSWORD, Site, new_site
from tests.support.smtp_sink import listening

HERE = f"/{ORGANISATION}/beukenhof"
ADDRESS, BROWSER = "203.0.113.77", "Zeldzame-Browser/77"
NAME, MAIL, PHONE = "Philomène Verschaeve", "philomene@verschaeve.example", "0470 12 34 77"
STORY = "Tijdens het ontbijt viel Hortense van haar stoel."
FILE, STAFF, SEARCH, LOST = "attest-hortense.pdf", "godelieve", "hortense ontbijt", "vergeten-wachtwoord-77"
TYPED = (
    ADDRESS,
    BROWSER,
    NAME,
    MAIL,
    PHONE,
    STORY,
    FILE,
    STAFF,
    SEARCH,
    LOST,
    PASSWORD,
    "Hortense",
    "Verschaeve",
)


@pytest.fixture(params=["json", "text"])
def log(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """All that is logged, by whatever library, as a website writes it."""
    monkeypatch.setenv(SETTING, request.param)
    root = logging.getLogger()
    before = root.handlers[:], root.level, root.propagate
    stream = io.StringIO()
    start_logging(stream)
    yield stream
    root.handlers[:], root.level, root.propagate = before


@pytest.fixture
def site() -> Site:
    made = new_site("2026-05-12 14:00")
    made.app.config["PROPAGATE_EXCEPTIONS"] = False
    return made


def records(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def walk(site: Site, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Tell, follow, write, sign in, work, search, fail and send; returns the codes that were told on the way."""
    visitor = site.visitor()
    visitor.client.environ_base.update({"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": BROWSER})
    told = {
        "v_uiteenzetting": STORY, "v_anoniem": "nee", "v_klager_naam": NAME, "v_klager_email": MAIL,
        "v_klager_telefoon": PHONE, "v_bijlagen": (io.BytesIO(PDF), FILE),
    }  # fmt: skip
    visitor.send(
        f"{HERE}/melden/alles", **{**told, "v_uiteenzetting": "", "v_bijlagen": (io.BytesIO(b"x"), FILE)}
    )
    assert visitor.send(f"{HERE}/melden/alles", **told).status_code == 303
    receipt = visitor.page(f"{HERE}/ontvangen")
    code = receipt.one("strong", class_="code").text
    visitor.send("/volgen", code="VERK-EERD-CODE-0077")
    visitor.send("/volgen", code=code)
    visitor.get(f"/{NAME}/{MAIL}?zoek={PHONE}")
    visitor.post(f"/{STAFF}", {"x": STORY})
    visitor.client.open("/", method=NAME.partition(" ")[0].upper())
    site.add_staff(STAFF, "onthaal", "kwaliteitscoordinator")
    signing = site.visitor()
    signing.client.environ_base.update({"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": BROWSER})
    signing.send("/medewerker/aanmelden", naam=STAFF, wachtwoord=LOST)
    assert signing.send("/medewerker/aanmelden", naam=STAFF, wachtwoord=PASSWORD).status_code == 303
    signing.get(f"/medewerker/zoeken?q={SEARCH}")
    dossier = Page(signing.get("/medewerker").text)
    for link in [
        href for one in dossier.all("a") if "/dossiers/" in (href := one.attributes.get("href", ""))
    ][:1]:
        signing.send(link, v_klager_naam=f"{NAME} {STORY}")
        signing.get(f"{link}/bijlagen/{FILE}")
    _fail(site, monkeypatch, visitor)
    return [code, code.replace("-", "")]


def _fail(site: Site, monkeypatch: pytest.MonkeyPatch, visitor: Any) -> None:
    quoting = (
        ValueError(f"{NAME} told: {STORY}"),
        KeyError(MAIL),
        StoreUnavailableError("the disk is full"),
        DamagedError("a document is damaged", "dossiers", "d1"),
    )
    for error in quoting:

        def fail(*_: object, _error: Exception = error, **__: object) -> None:
            raise _error from LookupError(PHONE)

        with monkeypatch.context() as patch:
            patch.setattr(home, "render_template", fail)
            answer = visitor.get("/")
            assert answer.status_code >= 500
    logging.getLogger("some.library").error("request of %s failed: %s", ADDRESS, STORY)
    for script in ({"RCPT": f"550 {MAIL} is unknown"}, {"DATA": f"451 not now, {NAME}"}, {}):
        with listening(script) as sink:
            post = SmtpMailer(host="127.0.0.1", port=sink.port, sender="a@example.org")
            site.clock.to("2026-12-01 09:00")
            sweep(site.runtime, site.clock())
            deliver(site.runtime, post, site.clock)


def test_nothing_that_anybody_typed_is_in_any_log(
    log: io.StringIO, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = walk(site, monkeypatch)
    written = log.getvalue()
    assert len(written.splitlines()) > 20
    assert codes[0]
    found = [
        typed for typed in (*TYPED, *codes, "VERK-EERD") if typed and typed.casefold() in written.casefold()
    ]
    assert found == []


def test_a_request_is_a_line_with_the_pattern_of_its_address(
    site: Site, log: io.StringIO, request: pytest.FixtureRequest
) -> None:
    site.visitor().get(f"{HERE}/melden/vraag/{NAME}?{MAIL}")
    site.visitor().get(f"/{NAME}")
    if not log.getvalue().startswith("{"):
        assert "route=/<organisation>/<department>/<form_id>/vraag/<step_id>" in log.getvalue()
        return
    first, second = records(log)
    assert first["route"] == "/<organisation>/<department>/<form_id>/vraag/<step_id>"
    assert (first["method"], first["level"], first["ms"] >= 0) == ("GET", "info", True)
    assert len(first["request"]) == 10
    assert first["request"] != second["request"]
    assert set(first) == {"at", "level", "logger", "message", "request", "method", "route", "status", "ms"}


def test_the_page_of_an_error_says_by_what_it_is_found_in_the_log(
    site: Site, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(NAME)

    monkeypatch.setattr(home, "render_template", fail)
    answer = site.visitor().get("/")
    (line,) = [line for line in log.getvalue().splitlines() if "ValueError" in line]
    said = Page(answer.text).text
    assert "Noem dit als u ons verwittigt: " in said
    reference = said.partition("Noem dit als u ons verwittigt: ")[2][:10]
    assert reference in line
    assert "gehoor/web/public/home.py" in line
    monkeypatch.undo()
    assert "Noem dit" not in site.visitor().get("/nergens").text


def test_a_setting_that_is_no_way_to_write_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "xml")
    with pytest.raises(SetupError, match="schrijf json of text"):
        start_logging(io.StringIO(), logging.getLogger("test"))


def test_without_the_setting_only_what_goes_wrong_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    stream, logger = io.StringIO(), logging.getLogger("gehoor.test-of-logs")
    start_logging(stream, logger)
    logger.info("answered")
    logger.warning("something is wrong")
    assert stream.getvalue().count("\n") == 1
    logger.handlers.clear()
