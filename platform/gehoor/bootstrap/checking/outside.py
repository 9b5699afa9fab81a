"""Looking at a workspace that came from somebody else: each organisation in a child process with limits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gehoor.adapters.sandbox.child import Answered, Limits
from gehoor.adapters.sandbox.process import TooHeavy, TooHeavyError, run_confined
from gehoor.bootstrap.checking.checked import CheckedWorkspace
from gehoor.core.text.problems import Place, Problem, Severity
from gehoor.loading.problems.lists import without_doubles
from gehoor.loading.source.organisations import department_files, find_organisations

STEPS = 20_000_000
"""How many steps an organisation may take: five times what a large one takes."""
_USUAL_DEPARTMENTS = 10
_STEPS_FOR_ANOTHER = STEPS // 10
_MOST_DEPARTMENTS = 100
_CHILD = "gehoor.bootstrap.checking.outside_child"


def check_outside(workspace: Path, only: tuple[str, ...] = ()) -> CheckedWorkspace:
    """Check the organisations of a workspace, or only some. Whatever is in the files, this process goes on."""
    result = CheckedWorkspace()
    present = find_organisations(workspace, result.problems)
    result.organisations = [name for name in present if not only or name in only]
    for organisation in result.organisations:
        try:
            answer = check_organisation(workspace, organisation).answer
        except TooHeavyError as error:
            limits = limits_for(workspace, organisation)
            result.problems.append(_too_heavy(organisation, error.reason, limits))
        else:
            result.problems += [_problem(plain) for plain in answer["problems"]]
            result.departments += answer["departments"]
    result.problems = without_doubles(result.problems)
    return result


def check_organisation(workspace: Path, organisation: str) -> Answered:
    """Return what the child said about an organisation, and what that took. Raises ``TooHeavyError``."""
    request = {"workspace": str(workspace.resolve()), "organisation": organisation}
    return run_confined(_CHILD, request, limits_for(workspace, organisation))


def limits_for(workspace: Path, organisation: str) -> Limits:
    """Return what an organisation may take: with many departments there are more steps."""
    many = min(department_files(workspace, organisation, _MOST_DEPARTMENTS), _MOST_DEPARTMENTS)
    return Limits(STEPS + _STEPS_FOR_ANOTHER * max(0, many - _USUAL_DEPARTMENTS))


def _too_heavy(organisation: str, reason: TooHeavy, limits: Limits) -> Problem:
    why = {
        TooHeavy.STEPS: f"het vroeg meer dan {limits.steps // 1_000_000} miljoen rekenstappen",
        TooHeavy.TIME: "er kwam geen einde aan een rekenstap",
        TooHeavy.MEMORY: f"het vroeg meer dan {limits.memory // 1024**2} MB geheugen",
        TooHeavy.STANDSTILL: "het kwam niet meer vooruit",
        TooHeavy.STOPPED: "het hield onverwacht op",
    }[reason]
    details = {"value": organisation, "reason": why}
    return Problem(Place(f"definitions/{organisation}"), "te-zwaar", details)


def _problem(plain: Mapping[str, Any]) -> Problem:
    file, line, column = plain["place"]
    return Problem(Place(file, line, column), plain["code"], plain["details"], Severity(plain["severity"]))
