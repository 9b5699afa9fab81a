"""For whom the agreement holds, how to reach them, the roles, and where someone can go besides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gehoor.core.agreement.model import Agreement, Role
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter, loose
from gehoor.core.wording.nl.agreement.phrases import closed, joined, role
from gehoor.core.wording.nl.agreement.translations import language_name
from gehoor.core.wording.nl.formats import quoted

_CLOCKS: Final[Mapping[str, str]] = {
    "Europe/Brussels": "Brussel", "Europe/Amsterdam": "Amsterdam", "Europe/Paris": "Parijs",
    "Europe/Luxembourg": "Luxemburg", "Europe/Berlin": "Berlijn", "Europe/London": "Londen",
}  # fmt: skip
"""How the town of a time zone is called."""


def about(agreement: Agreement) -> Chapter:
    """Say for whom this holds, and how to reach them."""
    contact = agreement.contact
    return chapter(
        "about",
        "Voor wie dit geldt",
        loose(
            "about",
            Sentence(
                "department/name",
                f"Deze afspraken gelden voor {agreement.department_name}.",
                public=True,
            ),
            Sentence("organisation/name", f"De organisatie is {agreement.organisation_name}.", public=True),
            _reached("phone", "Bel ons op", contact.phone),
            _reached("email", "Mail ons op", contact.email),
            _reached("address", "Ons adres is", contact.address),
            Sentence(
                "organisation/languages",
                f"U kunt ons schrijven in het {joined([language_name(one) for one in agreement.languages])}.",
                public=True,
            ),
            Sentence(
                "organisation/time-zone",
                f"De klok is die van {_CLOCKS.get(agreement.time_zone, agreement.time_zone)}.",
            ),
        ),
    )


def _reached(key: str, before: str, text: str) -> Sentence | None:
    return Sentence(f"contact/{key}", f"{before} {closed(text)}", public=True) if text else None


def roles(agreement: Agreement) -> Chapter:
    """Say which roles there are, and who steps in."""
    return chapter(
        "roles", "Rollen en vervangers", *(_role(agreement, one) for one in agreement.roles.values())
    )


def _role(agreement: Agreement, of: Role) -> Item:
    key = f"roles/{of.id}"
    deputy = f"Heeft niemand deze rol, dan doet {role(agreement, of.deputy)} het."
    said = Sentence(f"{key}/deputy", deputy if of.deputy else "Deze rol heeft geen vervanger.")
    asked = Sentence(f"{key}/second-step", "Wie deze rol heeft, meldt zich aan met een tweede stap.")
    without = Sentence(f"{key}/dossiers", "Voor wie alleen deze rol heeft, bestaan er geen dossiers.")
    return Item(
        key,
        of.name,
        (said, *((asked,) if of.second_step else ()), *(() if of.dossiers else (without,))),
        new=f"Nieuwe rol: {of.name}.",
        gone=f"De rol {quoted(of.name)} is weg.",
    )


def danger(agreement: Agreement) -> Chapter:
    """Say what to do when there is danger."""
    route = agreement.danger
    return chapter(
        "danger",
        "Bij gevaar",
        loose(
            "danger",
            Sentence("danger/explanation", closed(route.explanation), public=True) if route else None,
            *(
                Sentence(f"danger/call/{name}", f"Bel {name}: {closed(number)}", public=True)
                for name, number in (route.calls if route else ())
            ),
            Sentence(
                "danger/exit-to",
                f"Wie onze pagina's snel moet verlaten, komt uit op {route.exit_to.removeprefix('https://')}.",
                public=True,
            )
            if route and route.exit_to
            else None,
        ),
    )


def second_line(agreement: Agreement) -> Chapter:
    """Say where someone can go who is not satisfied."""
    return chapter("second-line", "Als u niet tevreden bent met ons antwoord", loose("second-line", *(
        Sentence(
            f"second-line/{item.name}",
            " ".join(
                part
                for part in (
                    f"U kunt terecht bij: {item.name}.",
                    closed(item.when) if item.when else "",
                    f"Zo bereikt u die dienst: {closed(item.contact)}" if item.contact else "",
                )
                if part
            ),
            public=True,
        )
        for item in agreement.second_line
    )))  # fmt: skip


_LISTED: Final = {
    "term": "de volgende termijn", "status": "hoe die staat", "phase": "de fase", "handler": "wie het behandelt",
    "responsible": "welke rol verantwoordelijk is", "message-kind": "de soort bericht",
    "received-on": "de dag van ontvangst", "severity": "de ernst", "judgement": "het oordeel",
    "carrier": "hoe het binnenkwam", "changed": "de dag van de laatste wijziging", "flag": "het kenmerk",
}  # fmt: skip


def work_list(agreement: Agreement) -> Chapter:
    """Say what the work list shows, and by what it is narrowed, where that was agreed."""
    columns = joined([_LISTED[one] for one in agreement.list_columns])
    filters = agreement.list_filters
    narrowed = joined([_LISTED[one] for one in filters or ()])
    return chapter(
        "work-list",
        "De werklijst",
        loose(
            "work-list",
            Sentence("work-list/columns", f"De werklijst toont het nummer, het onderwerp, {columns}.")
            if columns
            else None,
            None
            if filters is None
            else Sentence(
                "work-list/filters",
                f"Men verfijnt ze met {narrowed}." if filters else "Men verfijnt ze niet.",
            ),
        ),
    )
