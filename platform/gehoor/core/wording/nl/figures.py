"""What is said in tables of figures, in Dutch."""

from __future__ import annotations

from datetime import date
from typing import Final

from gehoor.core.text.month_names import SHORT_MONTH_NAMES
from gehoor.core.wording.nl.dates import show_month
from gehoor.core.wording.port import Figures


def _month(month: str) -> str:
    return show_month(date.fromisoformat(f"{month}-01"))


def _short_month(month: str) -> str:
    return SHORT_MONTH_NAMES["nl"][date.fromisoformat(f"{month}-01").month - 1]


FIGURES: Final = Figures(
    language="nl",
    count="Aantal",
    dossiers="Aantal dossiers",
    rows="Aantal rijen",
    total="Totaal",
    unanswered="Niet ingevuld",
    not_yet="Nog niet zover",
    flow={
        "carried over": "Open van vroeger",
        "came in": "Binnengekomen",
        "closed": "Afgerond",
        "left open": "Nog open op het einde",
    },
    standings={
        "on time": "Op tijd",
        "late": "Te laat gedaan",
        "overdue": "Nog niet gedaan, te laat",
        "running": "Loopt nog",
    },
    month=_month,
    short_month=_short_month,
    days_between=lambda first, last: f"{first} tot en met {last} dagen",
    days_above=lambda last: f"Meer dan {last} dagen",
    mean="Gemiddelde",
    median="Mediaan",
    measured="Berekend over",
    mean_days="Gemiddeld aantal dagen",
    median_days="Mediaan in dagen",
    sum="Som",
    answers="Aantal antwoorden",
    suspended="Opgeschort",
    extended="Verlengd",
    rate=lambda of: f"Per duizend, op {of}",
    received_in=lambda milestone, period: (
        f"Telt wat \u201c{milestone}\u201d als mijlpaal heeft in deze dagen: {period}."
    ),
    flow_in=lambda period: (
        f"Telt over deze dagen: {period}. Wat open was en wat binnenkwam, is samen wat afgerond is en wat op het einde "
        "nog open is."
    ),
    only_if=lambda clause: f"Alleen als {clause}.",
    counts_rows=lambda name: f"Van die dossiers tellen de rijen van \u201c{name}\u201d, elk apart.",
    several="Wat meer dan één antwoord heeft, staat in meer dan één rij: samen kunnen de rijen meer zijn dan het "
    "totaal.",
    lead_days=lambda start, until: (
        f"Kalenderdagen van \u201c{start}\u201d tot \u201c{until}\u201d. De mediaan is de middelste: "
        "de helft duurde korter, de helft langer."
    ),
    of_term=lambda name: f"Zo stond de termijn \u201c{name}\u201d toen dit geteld werd.",
    agreed_within=lambda lengths: f"Afgesproken: binnen {'; '.join(lengths)}.",
    of_all="alle dossiers",
    of_some=lambda clause: f"dossiers, alleen als {clause}",
    of_answers=lambda names: "dossiers met " + " en ".join(f"\u201c{one}\u201d" for one in names),
    of_rows=lambda name: f"de rijen van \u201c{name}\u201d",
    or_="of",
)
