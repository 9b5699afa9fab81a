"""Naming a department, or an agreement, on the command line."""

from __future__ import annotations

from string import hexdigits

import click

from gehoor.bootstrap.files import LoadedWorkspace
from gehoor.cli.support.click_dutch import Failure, OptionProblem, counted, did_you_mean
from gehoor.cli.support.loaded import loaded
from gehoor.cli.support.opened import agreement_in_force, opened
from gehoor.core.agreement.model import Agreement
from gehoor.core.text.problems import errors
from gehoor.loading.problems.texts import line
from gehoor.services.agreements.comparison import SHORTEST, UnclearHashError, published
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime

IN_FORCE = "in-force:"
"""Before a department: what is in force there, instead of the working files."""


def department_of(text: str) -> tuple[str, str]:
    """Read ``de-linde/beukenhof``."""
    organisation, slash, department = text.partition("/")
    if not (organisation and slash and department) or "/" in department:
        raise OptionProblem(text, "schrijf de organisatie en de afdeling zo: de-linde/beukenhof")
    return organisation, department


def working(ctx: click.Context, text: str) -> tuple[LoadedWorkspace, int]:
    """Load the organisation of a department from the working files; return it with the place of the department.

    Ends the command, with the mistakes on stderr, when something in the files is wrong.
    """
    organisation, name = department_of(text)
    found = loaded(ctx, (organisation,))
    if wrong := errors(found.problems):
        for problem in wrong:
            click.echo(line(problem), err=True)
        raise Failure(f"Dit lukt pas als de bestanden juist zijn: {counted(len(wrong), 'fout', 'fouten')}.")
    names = [department.department for department in found.departments]
    if name not in names:
        advice = did_you_mean(name, names) or f"; kies uit {', '.join(names)}"
        raise OptionProblem(name, f"deze afdeling staat niet bij {organisation}{advice}")
    return found, names.index(name)


def working_agreement(ctx: click.Context, text: str) -> Agreement:
    """Return the agreement of a department, from the working files."""
    found, index = working(ctx, text)
    return found.departments[index].agreement


def published_agreement(runtime: Runtime, beginning: str) -> Agreement:
    """Return a published agreement by the beginning of its hash."""
    with reading(runtime.store) as register:
        try:
            return published(register, runtime.library, beginning)
        except UnclearHashError as error:
            raise unclear_hash(error, beginning, or_department=True) from error


def agreement_named(ctx: click.Context, text: str) -> Agreement:
    """Return an agreement by how someone named it: a department, what is in force there, or a hash."""
    if text.startswith(IN_FORCE):
        organisation, department = department_of(text.removeprefix(IN_FORCE))
        with opened(ctx) as runtime:
            return agreement_in_force(runtime, organisation, department)
    if "/" in text:
        return working_agreement(ctx, text)
    with opened(ctx) as runtime:
        return published_agreement(runtime, text)


def unclear_hash(error: UnclearHashError, option: str, *, or_department: bool = False) -> OptionProblem:
    """Return what to say when a code names no published agreement, or more than one."""
    if len(error.beginning) < SHORTEST or set(error.beginning.lower()) - set(hexdigits):
        department = "een afdeling zoals de-linde/beukenhof, of " if or_department else ""
        return OptionProblem(option, f"schrijf {department}minstens {SHORTEST} tekens van een code")
    if error.found:
        several = ", ".join(digest[:16] for digest in error.found)
        return OptionProblem(option, f"meer afspraken beginnen zo: {several}; schrijf meer tekens")
    return OptionProblem(
        option, "er zijn geen gepubliceerde afspraken met deze code; zie gehoor publications"
    )
