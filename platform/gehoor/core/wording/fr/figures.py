"""What is said in tables of figures, in French."""

from __future__ import annotations

from datetime import date
from typing import Final

from gehoor.core.text.month_names import SHORT_MONTH_NAMES
from gehoor.core.wording.fr.dates import show_month
from gehoor.core.wording.fr.typography import SEMICOLON
from gehoor.core.wording.port import Figures


def _month(month: str) -> str:
    return show_month(date.fromisoformat(f"{month}-01"))


def _quoted(name: str) -> str:
    return f"\u00ab\u00a0{name}\u00a0\u00bb"


def _short_month(month: str) -> str:
    return SHORT_MONTH_NAMES["fr"][date.fromisoformat(f"{month}-01").month - 1]


FIGURES: Final = Figures(
    language="fr",
    count="Nombre",
    dossiers="Nombre de dossiers",
    rows="Nombre de lignes",
    total="Total",
    unanswered="Non rempli",
    not_yet="Pas encore",
    flow={
        "carried over": "Ouverts d'avant",
        "came in": "Entrés",
        "closed": "Terminés",
        "left open": "Encore ouverts à la fin",
    },
    standings={
        "on time": "\u00c0 temps",
        "late": "Fait en retard",
        "overdue": "Pas encore fait, en retard",
        "running": "En cours",
    },
    month=_month,
    short_month=_short_month,
    days_between=lambda first, last: f"De {first} à {last} jours",
    days_above=lambda last: f"Plus de {last} jours",
    mean="Moyenne",
    median="Médiane",
    measured="Calculé sur",
    mean_days="Nombre moyen de jours",
    median_days="Médiane en jours",
    sum="Somme",
    answers="Nombre de réponses",
    suspended="Suspendus",
    extended="Prolongés",
    rate=lambda of: f"Pour mille, sur {of}",
    received_in=lambda milestone, period: (
        f"Est compté ce qui a atteint l’étape {_quoted(milestone)} dans la période {period}."
    ),
    flow_in=lambda period: (
        f"Porte sur la période {period}. Ce qui était ouvert et ce qui est entré font ensemble ce qui est terminé et "
        "ce qui reste ouvert à la fin."
    ),
    of_all="tous les dossiers",
    of_some=lambda clause: f"les dossiers, seulement si {clause}",
    of_answers=lambda names: f"les dossiers avec {' et '.join(map(_quoted, names))}",
    of_rows=lambda name: f"les lignes de {_quoted(name)}",
    or_="ou",
    only_if=lambda clause: f"Seulement si\u00a0: {clause}.",
    counts_rows=lambda name: f"De ces dossiers sont comptées les lignes de {_quoted(name)}, une à une.",
    several="Ce qui a plus d’une réponse figure dans plus d’une ligne\u00a0: ensemble, les lignes peuvent dépasser le "
    "total.",
    lead_days=lambda start, until: f"Jours calendaires de {_quoted(start)} à {_quoted(until)}.",
    of_term=lambda name: f"L'état du délai {_quoted(name)} au moment où ceci a été compté.",
    agreed_within=lambda lengths: f"Convenu\u00a0: dans les {SEMICOLON.join(lengths)}.",
)
