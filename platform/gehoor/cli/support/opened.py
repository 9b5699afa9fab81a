"""Opening the register that a command works on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import click

from gehoor.bootstrap.register import is_there, no_register, open_runtime
from gehoor.cli.support.click_dutch import Failure, OptionProblem, did_you_mean
from gehoor.cli.support.options import ZONE, Moment, instant, places
from gehoor.core.agreement.model import Agreement
from gehoor.core.wording.registry import DUTCH
from gehoor.services.register.library import EndedDepartmentError, NothingPublishedError
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.validity import valid_from


@contextmanager
def opened(ctx: click.Context, *, make: bool = False, address: str | None = None) -> Iterator[Runtime]:
    """Open the register, and close it in the end. One that is not there yet is a mistake, unless ``make``."""
    place = places(ctx).register()
    if not make and not is_there(place):
        raise Failure(no_register(place))
    runtime = open_runtime(place, address)
    try:
        yield runtime
    finally:
        runtime.store.close()


def agreement_in_force(
    runtime: Runtime, organisation: str, department: str, moment: Moment | None = None
) -> Agreement:
    """Return what is in force for a department, at a moment or now. Raises ``OptionProblem`` when nobody published
    it, and ``Failure`` when it is not valid yet."""
    with reading(runtime.store) as register:
        published = register.published_departments()
        if not published:
            raise Failure("Er is nog niets gepubliceerd. Doe eerst: gehoor publish")
        checked_department(published, organisation, department)
        found = register.publications(organisation, department)
        try:
            now = instant(moment, found[-1].time_zone or ZONE)
            return runtime.library.in_force(register, organisation, department, now)
        except EndedDepartmentError as error:
            raise Failure(f"{organisation}/{department} is gestopt en neemt niets meer aan.") from error
        except NothingPublishedError as error:
            first = min(valid_from(one) for one in found)
            raise Failure(
                f"De afspraken van {organisation}/{department} gaan pas in op {DUTCH.formats.day(first)}."
            ) from error


def checked_department(
    published: list[tuple[str, str]], organisation: str, department: str
) -> tuple[str, str]:
    """Return a department that was published. Raises ``OptionProblem`` for another."""
    names = {name for name, _ in published}
    if organisation not in names:
        raise OptionProblem(
            organisation, f"deze organisatie is niet gepubliceerd{_choices(organisation, names)}"
        )
    names = {name for owner, name in published if owner == organisation}
    if department not in names:
        raise OptionProblem(department, f"deze afdeling is niet gepubliceerd{_choices(department, names)}")
    return organisation, department


def refuse_unknown_form(agreement: Agreement, form: str) -> None:
    """Refuse a form that a department does not have. Raises ``OptionProblem``."""
    if form not in agreement.forms:
        raise OptionProblem(form, f"dit formulier bestaat hier niet{_choices(form, agreement.forms)}")


def _choices(word: str, known: Collection[str]) -> str:
    return did_you_mean(word, known) or f"; kies uit {', '.join(sorted(known))}"
