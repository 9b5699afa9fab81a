"""What can be wrong with a term, and how that is said in Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class DeadlineProblem(StrEnum):
    """Why a due date cannot be reckoned."""

    NAIVE_INSTANT = "naive-instant"
    HOURS_NEED_INSTANT = "hours-need-instant"
    HOURS_ONLY_ELAPSE = "hours-only-elapse"
    HOURS_MIXED = "hours-mixed"
    BACKWARDS_ONLY_COUNTS = "backwards-only-counts"
    NEGATIVE_MINIMUM = "negative-minimum"
    UNKNOWN_TIME_ZONE = "unknown-time-zone"
    OUT_OF_RANGE = "out-of-range"


_DUTCH: Final[Mapping[DeadlineProblem, str]] = {
    DeadlineProblem.NAIVE_INSTANT: "een tijdstip heeft een tijdzone nodig, "
    "bijvoorbeeld 2026-03-27T14:00:00+01:00",
    DeadlineProblem.HOURS_NEED_INSTANT: "een termijn in uren begint op een tijdstip; geef datum, "
    "uur en tijdzone, bijvoorbeeld 2026-03-27T14:00:00+01:00",
    DeadlineProblem.HOURS_ONLY_ELAPSE: "een termijn in uren telt gewoon door: zonder verschuiven, "
    "dag nul, uiterste uur van ontvangst of minimum aan werkdagen",
    DeadlineProblem.HOURS_MIXED: "uren gaan niet samen met een andere eenheid; neem voor duur en "
    "verlenging dezelfde",
    DeadlineProblem.BACKWARDS_ONLY_COUNTS: "terugtellen gaat zonder opschorting, verlenging, "
    "uiterste uur van ontvangst of minimum aan werkdagen",
    DeadlineProblem.NEGATIVE_MINIMUM: "het minimum aan werkdagen kan niet onder nul liggen",
    DeadlineProblem.UNKNOWN_TIME_ZONE: "deze tijdzone bestaat niet; gebruik een naam zoals Europe/Brussels",
    DeadlineProblem.OUT_OF_RANGE: "deze termijn komt buiten de jaren waarmee gerekend kan worden",
}


class DeadlineError(ValueError):
    """A due date cannot be reckoned. ``problem`` says why; the message is Dutch and meant for people."""

    def __init__(self, problem: DeadlineProblem) -> None:
        self.problem = problem
        super().__init__(_DUTCH[problem])
