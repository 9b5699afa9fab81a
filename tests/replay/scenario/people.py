"""Who works at the two organisations, what they published, and what happens there by itself."""

from __future__ import annotations

from datetime import date, timedelta

from tests.replay.scenario.directing import Director, Story

LINDE, WATERHOF = "de-linde", "waterhof"
STAFF = {
    "ria": ("Ria Onthaal", "de-linde/beukenhof:onthaal"),
    "tom": ("Tom Maes", "de-linde/beukenhof:teamverantwoordelijke"),
    "karin": ("Karin Claes", "de-linde/beukenhof:kwaliteitscoordinator", "de-linde/thuis:onthaal"),
    "dirk": ("Dirk Wouters", "de-linde/beukenhof:dagelijks-verantwoordelijke"),
    "lies": ("Lies Jacobs", "de-linde/beukenhof:leidinggevende-zorg"),
    "sofie": ("Sofie De Smet", "de-linde/beukenhof:sociale-dienst"),
    "ann": ("Ann Hermans", "de-linde/*:algemeen-directeur"),
    "gert": ("Gert Willems", "de-linde/beukenhof:algemeen-directeur"),
    "eva": ("Eva Peeters", "de-linde/eikenrode:onthaal", "de-linde/eikenrode:teamverantwoordelijke"),
    "koen": ("Koen Janssens", "de-linde/eikenrode:kwaliteitscoordinator"),
    "theo": ("Theo Mertens", "de-linde/thuis:kwaliteitscoordinator"),
    "wim": ("Wim de Boer", "waterhof/*:klachtenfunctionaris"),
    "olga": ("Olga Visser", "waterhof/wijk:onderzoeker"),
    "tess": ("Tess Bakker", "waterhof/wijk:teamleider", "waterhof/verpleeghuis:teamleider"),
    "ruud": ("Ruud van Dijk", "waterhof/*:raad-van-bestuur"),
    "mia": ("Mia Smit", "waterhof/verpleeghuis:manager-zorg"),
}


def hire(director: Director, name: str, *roles: str, active: bool = True) -> None:
    """Give someone an account, or change the one they have."""
    full_name, *usual = STAFF[name]
    director.do(
        "account", account=name, name=full_name, roles=list(roles or usual), active=active
    )  # fmt: skip


def beginning(director: Director, agreements: list[str]) -> Story:
    """Everyone gets an account; both organisations publish what they agreed. ``agreements``: hashes."""
    yield "2026-01-05 08:00"
    for name in STAFF:
        hire(director, name)
    director.do("publish", agreements=agreements, by="coordinator")
    # Said twice, it is published once.
    director.do("publish", agreements=agreements[:1], by="coordinator")


def staff_changes(director: Director) -> Story:
    """Somebody leaves, somebody else takes over, and somebody comes back."""
    yield "2026-06-01 08:30"
    hire(director, "sofie", active=False)
    yield "2026-06-15 08:30"
    hire(director, "tom", "de-linde/eikenrode:teamverantwoordelijke")
    yield "2026-07-01 08:30"
    hire(director, "karin", active=False)
    yield "2026-08-17 08:30"
    hire(director, "karin")
    hire(director, "tom")
    yield "2026-09-01 08:30"
    hire(director, "ruud", active=False)


def sweeps(director: Director) -> Story:
    """The clock sweeps early in the morning, and sends what waits; once the mail server is down."""
    day = date(2026, 1, 8)
    for number in range(60):
        # At midnight a term of the day before has just become too late.
        yield f"{day} {'00:00' if number % 4 == 1 else '05:30'}"
        director.do("sweep")
        director.do("deliver", down=True if number % 9 == 4 else None)
        # Not at fixed distances: some things are found on their day, others late.
        day += timedelta(days=(3, 5, 2, 7, 9)[number % 5])
    yield "2027-02-01 05:30"
    director.do("sweep")
    director.do("deliver")
