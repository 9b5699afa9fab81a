"""Bounds of dates: not before or after a day, today or the date in another field, on every form."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.wording.nl.agreement.forms.forms import forms
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.recording.answers import RefusedError
from tests.support.clock import at
from tests.support.de_linde import MELDEN, ORGANISATION, changed, new_runtime, publish_change
from tests.support.site import Site, new_site

PATH = "/de-linde/beukenhof/melden"
BOUNDS: dict[str, dict[str, str]] = {
    "van": {"not-before": "1 years before today", "not-after": "today"},
    "tot": {"not-before": "van", "not-after": "2 weeks after van"},
    "vast": {"not-before": "2026-01-01", "not-after": "2026-12-31"},
}


def _ask(document: dict[str, Any]) -> None:
    for name, bounds in BOUNDS.items():
        field = {"title": name, "type": "string", "format": "date", **bounds}
        for form in ("dossier", "melden"):
            document["forms"][form]["properties"][name] = {
                **field, "phase": "registratie", "personal-data": "P0", "at-opening": form == "dossier",
            }  # fmt: skip
    document["forms"]["melden"].pop("steps")


@pytest.fixture
def site() -> Site:
    runtime = new_runtime()
    publish_change(runtime, _ask, "2026-01-16 10:00")
    return new_site("2026-05-12 14:00", runtime)


@pytest.mark.parametrize(
    ("answers", "refused"),
    [
        ({"van": "2026-05-12"}, ""),
        ({"van": "2026-05-13"}, "van"),
        ({"van": "2025-05-12"}, ""),
        ({"van": "2025-05-11"}, "van"),
        ({"van": "2026-05-01", "tot": "2026-05-01"}, ""),
        ({"van": "2026-05-01", "tot": "2026-04-30"}, "tot"),
        ({"van": "2026-05-01", "tot": "2026-05-15"}, ""),
        ({"van": "2026-05-01", "tot": "2026-05-16"}, "tot"),
        ({"tot": "1999-01-01"}, ""),
        ({"vast": "2025-12-31"}, "vast"),
        ({"vast": "2026-12-31"}, ""),
        ({"vast": "2027-01-01"}, "vast"),
    ],
)
def test_a_date_lies_within_its_bounds(site: Site, answers: dict[str, str], refused: str) -> None:
    typed = {f"v_{name}": given for name, given in {**MELDEN, **answers}.items()}
    answer = site.visitor().send(f"{PATH}/alles", **typed)
    assert answer.status_code == (422 if refused else 303)
    found = {name for name in BOUNDS if f'id="v_{name}-fout"' in answer.text}
    assert found == ({refused} if refused else set())


def test_the_sentence_names_the_day(site: Site) -> None:
    typed = {
        f"v_{name}": given for name, given in {**MELDEN, "van": "2026-05-01", "tot": "2026-04-30"}.items()
    }
    page = site.visitor().send(f"{PATH}/alles", **typed).text
    assert "Deze datum kan niet voor vrijdag 1 mei 2026 liggen." in page


def test_in_steps_it_is_refused_at_its_own_step(site: Site) -> None:
    visitor, where = site.visitor(), f"{PATH}/vraag/uiteenzetting"
    typed = {f"v_{name}": given for name, given in {**MELDEN, "van": "2026-05-13"}.items()}
    for _ in range(20):
        answer = visitor.send(where, verder="verder", **typed)
        if answer.status_code == 422:
            break
        where = answer.location
    assert where.endswith("/van")
    assert "Deze datum kan niet na dinsdag 12 mei 2026 liggen." in answer.text


def _opened(site: Site) -> int:
    answers = {**MELDEN, "van": "2026-05-01", "tot": "2026-05-10"}
    open_dossier(
        site.runtime, Opening(ORGANISATION, "beukenhof", "melden", answers, "k"), at("2026-05-12 14:00")
    )
    site.add_staff("els", "kwaliteitscoordinator")
    return 1


@pytest.mark.parametrize(
    ("answers", "refused"),
    [({"tot": "2026-05-20"}, "tot: date-too-late"), ({"van": "2026-05-11"}, "tot: date-too-early")],
)
def test_in_a_dossier_whichever_of_the_two_is_changed(
    site: Site, answers: dict[str, str], refused: str
) -> None:
    version = _opened(site)
    with pytest.raises(RefusedError, match=refused):
        fill_in(site.runtime, Filling("dossier-1", answers, version, "els"), at("2026-05-12 15:00"))


def test_what_was_right_when_it_was_given_stays_so(site: Site) -> None:
    version = _opened(site)
    later = at("2028-05-12 15:00")
    fill_in(site.runtime, Filling("dossier-1", {"vast": "2026-06-01"}, version, "els"), later)


def test_the_agreement_in_words_tells_it() -> None:
    told = str(forms(changed(_ask)))
    assert "Deze datum ligt niet voor 1 jaar vóór de dag waarop men het invult." in told
    assert "Deze datum ligt niet na 2 weken na" in told
