"""A complaint in the shipped De Linde, as far as a test wants it: told by phone on 12 May 2026, judged on the 20th."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from itertools import count
from typing import Any

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import Actor, Operator
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.correspondence.drafting import Writing, as_template_gives, keep_draft
from gehoor.services.correspondence.sending import Sending, send
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.shipped.founding.agreed import departments
from tests.support.clock import at
from tests.support.de_linde import PUBLISHED_ON, new_runtime, staff

ORGANISATION, DEPARTMENT = "de-linde", "beukenhof"
ELS = Operator("els")

TOLD: Mapping[str, Any] = {
    "uiteenzetting": "Zondag kwam een uur lang niemand op de bel van mama.",
    "onderwerp": "Bel niet beantwoord",
    "type_bericht": "klacht",
    "anoniem": "nee",
    "klager_voornaam": "An",
    "klager_naam": "Peeters",
    "klager_telefoon": "0470 12 34 56",
    "klager_is_betrokkene": "ja",
    "drager": ["telefoon"],
    "indieningsvorm": "mondeling",
    "acuut_gevaar": "nee",
}
REGISTERED: Mapping[str, Any] = {
    "mondeling_verslag_bevestigd": "2026-05-12",
    "registratiedatum": "2026-05-13",
}
INVESTIGATED: Mapping[str, Any] = {
    "gesignaleerde_feiten": "De bel ging om 10.02 uur en om 11.05 uur kwam iemand.",
    "vastgestelde_feiten": [{"feit": "Een oproep van 63 minuten.", "bron": "Het logboek van de bel"}],
    "omstandigheden": "Twee van de vijf medewerkers waren ziek.",
    "mogelijke_oorzaken": ["onderbezetting"],
    "soort_klacht_hoofd": "zorg_begeleiding",
    "soort_klacht_sub": "oproepsysteem",
    "ernst": "3",
    "herhaalkans": "3",
    "nadeel_schade": ["emotioneel"],
    "schade_omschrijving": "Mama was bang.",
    "onderzoeksmethoden": [{"methode": "gesprek_klager", "op": "2026-05-15", "met_wie": "mevrouw Peeters"}],
    "onderzoeker": ["els"],
    "geen_betrokkenheid_verklaard": "ja",
    "eerdere_klachten_persoon": "geen",
    "gelijkaardige_klachten": "geen",
    "gegrondheid_motivering": "Zoals het logboek laat zien.",
}
JUDGED: Mapping[str, Mapping[str, Any]] = {
    "gegrond": {"toetsingsnormen": ["betrouwbaar"]},
    "deels_gegrond": {"toetsingsnormen": ["betrouwbaar"]},
    "onduidelijk": {"onduidelijk_toelichting": "Wij praatten met vier mensen en lazen het logboek."},
}
"""What each judgement asks beside the investigation."""
ANSWERED: Mapping[str, Any] = {
    "antwoord_motivering": "Het logboek van de bel toont een oproep van 63 minuten.",
    "objectieve_gegevens": [{"soort": "oproepregistratie", "bron": "Logboek van 10 mei"}],
    "besluit": "Er komt een tweede bel.",
    "besluit_datum": "2026-05-20",
    "beslisser": ["els"],
}
"""Without an apology and what was done, which a founded complaint asks too."""
APOLOGISED: Mapping[str, Any] = {
    "verontschuldiging": [{"vorm": "schriftelijk"}],
    "maatregelen_individueel_meegedeeld": "Mama heeft sinds gisteren een armbandbel.",
    "acties_structureel_meegedeeld": "Elke oproep gaat na tien minuten naar een tweede toestel.",
}
_keys = count(1)


@cache
def _published() -> MemoryStore:
    runtime = new_runtime()
    offered = [
        Publishable(one.organisation, one.department, one.document, one.places)
        for one in departments(ORGANISATION)
    ]
    publish(runtime, offered, PUBLISHED_ON, "coordinator")
    assert isinstance(runtime.store, MemoryStore)
    return runtime.store


def shipped() -> Runtime:
    """Return a register in which the shipped De Linde was published, and in which Els coordinates."""
    runtime = new_runtime(_published().copy())
    staff(runtime, "els", "kwaliteitscoordinator")
    return runtime


def told(runtime: Runtime, when: str = "2026-05-12 14:00", **answers: Any) -> str:
    """Open a dossier as the desk does; returns its id."""
    given = {name: value for name, value in {**TOLD, **answers}.items() if value is not None}
    opening = Opening(ORGANISATION, DEPARTMENT, "dossier", given, f"key-{next(_keys)}", ELS, "Els")
    return open_dossier(runtime, opening, at(when)).dossier


def fill(runtime: Runtime, dossier: str, when: str, reason: str = "", **answers: Any) -> None:
    """Fill in a dossier as somebody who has just looked at it."""
    with reading(runtime.store) as register:
        version = register.dossier(dossier).version
    fill_in(runtime, Filling(dossier, answers, version, ELS, reason=reason), at(when))


def registered(runtime: Runtime, **answers: Any) -> str:
    """Open a dossier and complete its registration on 13 May; returns its id."""
    dossier = told(runtime, **answers)
    fill(runtime, dossier, "2026-05-13 09:00", **REGISTERED)
    return dossier


def judged(runtime: Runtime, judgement: str, **answers: Any) -> str:
    """Open a complaint and bring it to the end of its investigation; returns its id."""
    dossier = registered(runtime)
    given = {"gegrondheid": judgement, **INVESTIGATED, **JUDGED.get(judgement, {}), **answers}
    fill(runtime, dossier, "2026-05-20 09:00", **given, onderzoek_afgerond_op="2026-05-20")
    return dossier


def written(runtime: Runtime, dossier: str, letter: str, when: str, **filled: str) -> str:
    """Keep a letter as its template gives it, with what was open there filled in; returns its text."""
    opened = look(runtime, dossier, at(when))
    template = opened.agreement.correspondence[letter]
    given = as_template_gives(runtime, opened, template, "nl", "Els Verhaegen", at(when))
    text = given.text
    for place, words in filled.items():
        text = text.replace(f"[[{place}]]", words)
    before = opened.dossier.drafts.get(letter)
    seen = before.sequence if before else 0
    keep_draft(runtime, Writing(dossier, letter, "nl", given.subject, text, seen, given.basis, ELS), at(when))
    return text


def sent(runtime: Runtime, dossier: str, letter: str, when: str, actor: Actor = ELS) -> None:
    """Send a letter that was written, on paper."""
    draft = look(runtime, dossier, at(when)).dossier.drafts[letter].sequence
    send(runtime, Sending(dossier, letter, draft, "post", actor), at(when))


def refused(work: Callable[[], object]) -> dict[str, str]:
    """Return what somebody reads who is refused something, by the field where it stands."""
    with pytest.raises(RefusedError) as found:
        work()
    said: dict[str, str] = {}
    for one in found.value.objections:
        said[one.field] = f"{said.get(one.field, '')} {DUTCH.objections.text(one)}".strip()
    return said
