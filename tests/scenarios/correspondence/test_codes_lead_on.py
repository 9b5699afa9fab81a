"""A follow-up code leads on to where a dossier goes on: who gives one may do so in each dossier that it opens."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.services.correspondence.conversation import write_back
from gehoor.services.correspondence.new_codes import NewCode, give_code
from gehoor.services.correspondence.texts import TextRefusedError
from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.status_page import dossier_of_code, follow, route_of, still_opens
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.merging import MergeWanted, merge
from gehoor.services.relations.sending_on import SendWanted, send_to_department
from tests.support.belonging import belonging, house, ready, told
from tests.support.clock import at
from tests.support.de_linde import fill, publish_change, staff
from tests.support.site import Site, new_site

NOW = at("2026-05-13 10:00")
MAIL: dict[str, Any] = {
    "name": "Een nieuwe code",
    "subject": "Uw nieuwe code",
    "text": ["Met {code} leest u verder op {link}."],
}


def agreed(document: dict[str, Any]) -> None:
    belonging(document)
    document["rights"]["new-code"] = ["onthaal", "kwaliteitscoordinator"]
    document["correspondence"] = {**document.get("correspondence", {}), "nieuwe-volgcode": MAIL}
    document["notices"]["code-mail"] = "nieuwe-volgcode"


def ours(runtime: Runtime) -> Runtime:
    for department in ("beukenhof", "eikenrode"):
        publish_change(runtime, agreed, "2026-02-02 09:00", department)
    staff(runtime, "ina", "de-linde/eikenrode:onthaal")
    return runtime


@pytest.fixture
def runtime() -> Runtime:
    return ours(house())


def give(runtime: Runtime, dossier: str, actor: str, key: str = "k1") -> str:
    return give_code(runtime, NewCode(dossier, "paper", "Teruggebeld.", key, actor), NOW)


def opens(runtime: Runtime, code: str) -> str:
    """Return the dossier that a code opens; an empty text where it opens nothing."""
    with reading_projection(runtime) as register:
        dossier = dossier_of_code(register, code)
    return dossier if dossier and still_opens(runtime, dossier, NOW) else ""


def sent_on(runtime: Runtime) -> tuple[str, str, str]:
    """Tell something in Beukenhof that goes on in Eikenrode: both dossiers, and the code."""
    receipt = told(runtime, "2026-05-04 10:00")
    ready(runtime, receipt.dossier)
    wanted = SendWanted(receipt.dossier, "eikenrode", "Het gebeurde daar.", "an")
    after = send_to_department(runtime, wanted, at("2026-05-06 09:00"))
    return receipt.dossier, after.relations.goes_on_in, receipt.code


def merged(runtime: Runtime) -> tuple[str, str]:
    """Tell the same twice; Els says that it was one person."""
    one, other = (told(runtime, f"2026-05-04 1{hour}:00") for hour in (0, 1))
    for receipt in (one, other):
        ready(runtime, receipt.dossier)
    wanted = MergeWanted(one.dossier, other.number, "Hetzelfde.", True, "els")
    merge(runtime, wanted, at("2026-05-06 09:00"))
    return one.dossier, other.dossier


def test_where_it_was_sent_from_nobody_gives_a_code_that_opens_it(runtime: Runtime) -> None:
    origin, _, _ = sent_on(runtime)
    for actor in ("rita", "els"):
        with pytest.raises(TextRefusedError) as refused:
            give(runtime, origin, actor)
        assert refused.value.code == "way"


def test_where_it_was_sent_to_a_code_takes_the_place_of_the_one_before(runtime: Runtime) -> None:
    _, there, before = sent_on(runtime)
    code = give(runtime, there, "ina")
    assert opens(runtime, code) == there
    assert opens(runtime, before) == ""
    (given,) = [one for one in look(runtime, there, NOW).events if one.kind is EventKind.CODE_GIVEN]
    assert given.actor == "ina"


def test_until_then_the_code_of_where_it_came_from_leads_on(runtime: Runtime) -> None:
    origin, there, before = sent_on(runtime)
    assert opens(runtime, before) == origin
    assert route_of(runtime, origin, NOW).writes == there


def test_what_is_written_there_is_not_read_with_the_code_of_before(runtime: Runtime) -> None:
    origin, there, _ = sent_on(runtime)
    give(runtime, there, "ina")
    write_back(runtime, there, "Wij bellen u morgen.", "w1", NOW, "bo")
    assert follow(runtime, origin, NOW).conversation == ()


def test_a_code_of_a_merged_dossier_is_not_given_by_who_may_not_know_of_the_main_one(
    runtime: Runtime,
) -> None:
    one, main = merged(runtime)
    fill(runtime, main, "2026-05-07 09:00", voorwerp="persoon", aangeklaagde_medewerkers=["rita"])
    with pytest.raises(UnknownDossierError):
        look(runtime, main, NOW, "rita")
    with pytest.raises(TextRefusedError) as refused:
        give(runtime, one, "rita")
    assert refused.value.code == "elsewhere"


def test_who_may_in_both_gives_the_code_of_a_merged_one(runtime: Runtime) -> None:
    one, _ = merged(runtime)
    assert opens(runtime, give(runtime, one, "rita")) == one


# Pages


def on_the_site() -> tuple[Site, str, str, str]:
    site = new_site("2026-05-13 10:00", ours(house()))
    return site, *sent_on(site.runtime)


def test_the_page_of_where_it_was_sent_from_says_where_a_code_is_given() -> None:
    site, origin, there, _ = on_the_site()
    path = "/medewerker/dossiers/{}/berichten"
    desk = site.staff("desk", "de-linde/beukenhof:onthaal").page(path.format(origin))
    assert "krijgt daar een nieuwe" in desk.text
    assert desk.all("form", action=f"/medewerker/dossiers/{origin}/volgcode") == []
    front = site.staff("front", "de-linde/eikenrode:onthaal").page(path.format(there))
    assert front.one("form", action=f"/medewerker/dossiers/{there}/volgcode")


def test_who_is_reading_with_the_code_of_before_is_asked_for_the_new_one() -> None:
    site, _, there, before = on_the_site()
    visitor = site.visitor()
    visitor.send("/volgen", code=before)
    assert visitor.get("/volgen/dossier").status_code == 200
    give(site.runtime, there, "ina")
    assert visitor.get("/volgen/dossier").location == "/volgen"
    assert site.visitor().send("/volgen", code=before).status_code == 422
