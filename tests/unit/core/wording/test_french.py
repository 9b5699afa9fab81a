"""French, as Belgian administrations write it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from gehoor.core.calendar.durations import parse_duration
from gehoor.core.calendar.holidays import CALENDAR_NAMES, FIRST_YEAR, LAST_YEAR, holiday_names
from gehoor.core.calendar.working_days import Calendar, ClosedPeriod
from gehoor.core.deadlines.due import Shift, Step, StepKind, Suspension, TermRule, due
from gehoor.core.objections.objections import Objection
from gehoor.core.wording.registry import sentences_in
from tests.catalogues.texts import written
from tests.support.dutch import dutch_words

FRENCH = sentences_in("fr")
D = date


def plain(text: str) -> str:
    """Return a text with ordinary spaces: the others only keep signs on the line of their word."""
    return text.replace("\u00a0", " ")


def told(within: str, start: date, *suspensions: Suspension, **more: Any) -> list[str]:
    rule = TermRule(parse_duration(within), more.pop("calendar", Calendar("BE-WET")), **more)
    steps = due(rule, start, suspensions=suspensions).steps
    return [plain(sentence) for sentence in FRENCH.derivation.sentences(steps)]


def test_days_and_moments() -> None:
    formats = FRENCH.formats
    assert formats.day(D(2026, 4, 7)) == "mardi 7 avril 2026"
    assert formats.day(D(2026, 4, 1)) == "mercredi 1er avril 2026"
    assert formats.days(D(2026, 5, 23), D(2026, 5, 24)) == "samedi 23 et dimanche 24 mai 2026"
    assert formats.days(D(2026, 12, 28), D(2027, 1, 1)) == (
        "du lundi 28 décembre 2026 au vendredi 1er janvier 2027"
    )
    moment = datetime(2026, 3, 29, 9, 5, tzinfo=UTC)
    assert formats.instant(moment) == "dimanche 29 mars 2026 à 09h05"
    assert formats.clock(time(17, 0, 5)) == "17:00:05"


def test_numbers_sizes_and_names() -> None:
    formats = FRENCH.formats
    assert formats.number("12.50") == "12,50"
    assert [formats.size(size) for size in (10, 120_000, 5 * 1024 * 1024, 1_600_000)] == [
        "1 Ko", "117 Ko", "5 Mo", "1,5 Mo",
    ]  # fmt: skip
    assert formats.quote("Antwoord") == "«\u00a0Antwoord\u00a0»"
    assert (formats.yes, formats.no) == ("Oui", "Non")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("0 kalenderdagen", "0 jour calendrier"),
        ("1 werkdag", "1 jour ouvrable"),
        ("10 kalenderdagen", "10 jours calendrier"),
        ("2 werkdagen ma-za", "2 jours ouvrables, samedis compris"),
        ("1 maand", "1 mois"),
        ("2 jaar", "2 ans"),
        ("24 uren", "24 heures"),
    ],
)
def test_durations(given: str, shown: str) -> None:
    assert FRENCH.durations.show(parse_duration(given)) == shown


def test_a_shift_names_the_reason_of_every_day() -> None:
    assert told("10 kalenderdagen", D(2026, 12, 15), shift=Shift.NEXT) == [
        "Réception : mardi 15 décembre 2026 ; ce jour ne compte pas.",
        "10 jours calendrier plus tard, c'est le vendredi 25 décembre 2026.",
        "Le vendredi 25 décembre 2026 est un jour férié (Noël) et le samedi 26 et le dimanche 27 décembre 2026 "
        "font partie du week-end : le délai est reporté au lundi 28 décembre 2026.",
        "L'échéance est le lundi 28 décembre 2026.",
    ]


def test_a_cutoff_and_skipped_days() -> None:
    assert told("2 werkdagen", datetime(2026, 5, 22, 16, 30, tzinfo=UTC), cutoff=time(17)) == [
        "Réception : vendredi 22 mai 2026 à 18h30 (fuseau horaire Europe/Brussels).",
        "Le samedi 23 et le dimanche 24 mai 2026 font partie du week-end et ne comptent pas.",
        "Le lundi 25 mai 2026 est un jour férié (lundi de Pentecôte) et ne compte pas.",
        "Après 17h00 : le mardi 26 mai 2026 est le jour de départ ; ce jour ne compte pas.",
        "2 jours ouvrables plus tard, c'est le jeudi 28 mai 2026.",
        "L'échéance est le jeudi 28 mai 2026.",
    ]


def test_closing_days_keep_the_words_of_the_organisation() -> None:
    calendar = Calendar("BE-WET", (ClosedPeriod(D(2026, 12, 28), D(2026, 12, 31), "congé de fin d'année"),))
    lines = told("1 werkdag", D(2026, 12, 24), calendar=calendar)
    said = "Les jours du lundi 28 au jeudi 31 décembre 2026 inclus"
    assert f"{said} ne comptent pas (congé de fin d'année)." in lines
    assert told("1 kalenderdag", D(2026, 12, 27), calendar=calendar, shift=Shift.NEXT)[2].startswith(
        f"{said} sont des jours de fermeture (« congé de fin d'année »), "
    )
    unnamed = Calendar("BE-WET", (ClosedPeriod(D(2026, 5, 15), D(2026, 5, 15)),))
    lines = told("1 werkdag", D(2026, 5, 13), calendar=unnamed)
    assert "Le vendredi 15 mai 2026 ne compte pas (jour de fermeture)." in lines


def test_suspensions() -> None:
    pauses = (Suspension(D(2026, 9, 11), D(2026, 9, 21)), Suspension(D(2026, 9, 15), D(2026, 9, 25)))
    assert told("45 kalenderdagen", D(2026, 9, 1), *pauses)[2] == (
        "Le délai est suspendu du vendredi 11 au jeudi 24 septembre 2026 inclus (2 suspensions ensemble) : "
        "14 jours ne comptent pas. Il court maintenant jusqu'au vendredi 30 octobre 2026 inclus."
    )
    assert told("45 werkdagen", D(2026, 9, 1), Suspension(D(2026, 9, 2), None))[-2:] == [
        "Depuis le mercredi 2 septembre 2026, le délai est suspendu ; cette suspension court encore.",
        "Il n'y a pas d'échéance pour l'instant, parce que le délai est suspendu.",
    ]


def test_what_happened_on_the_start_day_is_named_as_it_was_agreed() -> None:
    step = Step(StepKind.START, D(2026, 1, 5), None, {"backwards": False, "counts": False})
    assert plain(FRENCH.derivation.sentence(step, "Plainte reçue")) == (
        "Plainte reçue : lundi 5 janvier 2026 ; ce jour ne compte pas."
    )


@pytest.mark.parametrize("calendar", CALENDAR_NAMES)
def test_every_holiday_has_a_french_name(calendar: str) -> None:
    names = {
        name for year in range(FIRST_YEAR, LAST_YEAR + 1) for name in holiday_names(calendar, year).values()
    }
    for name in names:
        step = Step(StepKind.HOLIDAY, D(2026, 1, 5), None, {"name": name})
        said = FRENCH.derivation.sentence(step)
        assert dutch_words(said) == set()
        assert name not in said, name


@pytest.mark.parametrize(
    ("code", "details", "sentence"),
    [
        ("required", {}, "Remplissez « Votre nom »."),
        ("unreadable", {"kind": "date"}, "Écrivez une date, par exemple 27-03-2026."),
        (
            "before-receipt",
            {"received": D(2026, 5, 1)},
            "Cette date précède la réception le vendredi 1er mai 2026.",
        ),
        (
            "required-before",
            {"milestone": "Réponse envoyée", "because": "C'est convenu."},
            "Remplissez ceci : c'est nécessaire pour « Réponse envoyée ». C'est convenu.",
        ),
        (
            "not-yours",
            {"roles": ("Accueil", "Direction")},
            "Ce n'est pas à vous de le remplir. Seules les personnes ayant ce rôle le font : Accueil ou Direction.",
        ),
        (
            "assign-changed",
            {"who": ""},
            "Entre-temps, ce dossier est traité par : personne. Vérifiez si vous voulez encore modifier cela.",
        ),
        ("something-new", {}, "Cette réponse ne convient pas à cette question."),
    ],
)
def test_an_objection_is_a_sentence(code: str, details: dict[str, Any], sentence: str) -> None:
    assert plain(FRENCH.objections.text(Objection("nom", code, details), "Votre nom")) == sentence


def test_no_line_begins_with_a_sign() -> None:
    sentences = [*FRENCH.objections.sentences.values(), *_texts_of_the_pages()]
    assert [text for text in sentences if re.search(r" [:;?!»]|« ", text)] == []


def _texts_of_the_pages() -> list[str]:
    found = [message.string for message in written("fr") if message.id]
    return [text for one in found for text in ([one] if isinstance(one, str) else one)]
