"""Every page for staff, asked for everything: what someone may not see is in none of the answers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from gehoor.adapters.documents.typst_letters import letter_printer
from gehoor.core.forms.types.registry import TYPES
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from gehoor.web.request.site import print_letters
from gehoor.web.security.policies import Policy, policy_of
from tests.scenarios.access.test_who_reaches_what import addresses
from tests.support.de_linde import fill, open_by_phone, publish_change
from tests.support.letters import UPDATE, add_letters, post, write
from tests.support.site import Site, Visitor, new_site

SECRET, KNOWN = "Geheimwoord", "Zoekwoord"
KEEPER, DESK, ELSEWHERE = "kwaliteitscoordinator", "onthaal", "de-linde/eikenrode:kwaliteitscoordinator"
TEXTS = [kind for kind in TYPES if kind in {"text", "long-text"}]


def secret(field: str) -> str:
    return f"{KNOWN} {SECRET} {field}"


@cache
def house() -> tuple[Site, str, frozenset[str]]:
    """A site where every answer in words is for one role, a dossier full of them with letters that tell them, and which
    fields those are."""
    site = new_site("2026-05-13 09:00")
    hidden: set[str] = set()

    def hide(document: dict[str, Any]) -> None:
        for name, schema in document["forms"]["dossier"]["properties"].items():
            if schema.get("type") == "string" and not {"enum", "oneOf", "format", "pattern"} & set(schema):
                schema["seen-by"] = [KEEPER]
                hidden.add(name)

        told = {"ways": {"post": True}, "text": [f"{{{name}}}" for name in sorted(hidden)]}
        add_letters(document, antwoord={**UPDATE, **told}, verstuurd={**UPDATE, **told})

    publish_change(site.runtime, hide, "2026-05-12 12:00")
    site.add_staff("els", KEEPER)
    dossier = open_by_phone(site.runtime, "2026-05-12 13:00").dossier
    kept = set()
    for name in sorted(hidden):
        try:
            fill(site.runtime, dossier, "2026-05-13 08:00", actor="els", **{name: secret(name)})
        except RefusedError:
            continue
        if look(site.runtime, dossier, site.clock.now).decision.values.get(name) == secret(name):
            kept.add(name)
    assert len(kept) >= 5, kept
    for letter in ("antwoord", "verstuurd"):
        draft = write(
            site.runtime, dossier, "2026-05-13 08:10", letter=letter, actor="els", text=f"{KNOWN} {SECRET}"
        )
    post(site.runtime, dossier, draft, "2026-05-13 08:20", letter="verstuurd", actor="els")
    print_letters(site.app, letter_printer())
    return site, dossier, frozenset(kept)


def sent_letter(dossier: str) -> int:
    site = house()[0]
    return look(site.runtime, dossier, site.clock.now).dossier.letters[0].sequence


def asked(visitor: Visitor, dossier: str, fields: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Ask every page for staff for all there is, as a page does and as no page would; yields where, and the answer."""
    site = house()[0]
    token = visitor.page("/medewerker/mijn-account").value("csrf_token")
    forms: list[dict[str, Any]] = [
        {"csrf_token": token, "versie": "1", "getoond": sorted(fields)},
        {
            "csrf_token": token, "versie": "1", "getoond": sorted(fields), "bericht": "x", "reden": "x",
            **{f"v_{name}": KNOWN for name in fields},
        },
    ]  # fmt: skip
    for rule in site.app.url_map.iter_rules():
        policy = policy_of(site.app.view_functions[rule.endpoint])
        if policy is None or policy.policy is Policy.PUBLIC or rule.endpoint in ENDING:
            continue
        for place in addresses(rule, dossier, sequence=sent_letter(dossier)):
            if "GET" in (rule.methods or ()):
                for query in ("", f"?q={KNOWN}&zoek={KNOWN}&soort=klacht&sorteer=received"):
                    answer = visitor.client.get(place + query, follow_redirects=True)
                    yield f"GET {place}{query}", answer.data.decode("utf-8", "replace")
            if "POST" in (rule.methods or ()):
                for form in forms:
                    answer = visitor.client.post(place, data=form)
                    yield f"POST {place}", answer.text
                    if answer.location:
                        yield f"after POST {place}", visitor.client.get(answer.location).text


ENDING = {"signing_in.sign_out", "my_account.end_all", "second_step.begin", "second_step.picture"}
"""Pages that end a session, or that show nothing of any dossier and want a second step first."""


@pytest.mark.parametrize("role", [DESK, "sociale-dienst", ELSEWHERE])
def test_no_page_tells_an_answer_to_who_may_not_see_it(role: str) -> None:
    site, dossier, fields = house()
    visitor = site.staff(f"lezer-{role.rpartition(':')[2]}", role)
    walked = [(where, SECRET in text) for where, text in asked(visitor, dossier, fields)]
    assert len(walked) > 40
    assert [where for where, told in walked if told] == []


def test_the_same_walk_finds_them_for_who_may_see_them() -> None:
    site, dossier, fields = house()
    told = {where for where, text in asked(site.staff("an", KEEPER), dossier, fields) if SECRET in text}
    pages = {f"GET /medewerker/dossiers/{dossier}", f"GET /medewerker/dossiers/{dossier}/afdruk"}
    letters = f"GET /medewerker/dossiers/{dossier}/brieven"
    pages |= {f"{letters}/antwoord", f"{letters}/antwoord/nakijken"}
    pages |= {f"{letters}/verstuurd/{sent_letter(dossier)}{paper}" for paper in ("", "/afdruk")}
    assert pages <= told
    assert any(where.startswith("GET /medewerker/zoeken") for where in told)
    assert any(where.endswith("/onbewaard") for where in told)
