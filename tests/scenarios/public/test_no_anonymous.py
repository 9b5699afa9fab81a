"""Where nobody may stay anonymous, a website takes no message without a name; staff write down what came."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.de_linde import MELDEN, new_runtime, open_by_phone, publish_change
from tests.support.site import Site, new_site

PATH = "/de-linde/beukenhof/melden/alles"


def _no_anonymous(document: dict[str, Any]) -> None:
    document["anonymous"] |= {"policy": "refused", "explanation": "Wij antwoorden u graag zelf."}


@pytest.fixture
def site() -> Site:
    runtime = new_runtime()
    publish_change(runtime, _no_anonymous, "2026-01-16 10:00")
    return new_site(runtime=runtime)


def _sent(site: Site, anonymous: str) -> tuple[int, str]:
    typed = {f"v_{name}": given for name, given in MELDEN.items()} | {"v_anoniem": anonymous}
    answer = site.visitor().send(PATH, **typed)
    return answer.status_code, answer.text


def test_who_stays_anonymous_reads_why_that_cannot_be(site: Site) -> None:
    status, page = _sent(site, "ja")
    assert status == 422
    assert "Zonder naam kunnen wij hier geen klacht behandelen. Wij antwoorden u graag zelf." in page


def test_who_gives_a_name_is_heard(site: Site) -> None:
    assert _sent(site, "nee")[0] == 303


def test_a_letter_without_a_name_is_written_down_by_staff(site: Site) -> None:
    opened = open_by_phone(
        site.runtime, "2026-05-12 14:00", anoniem=True, klager_naam=None, klager_telefoon=None
    )
    assert opened.number == "BEU-2026-0001"
