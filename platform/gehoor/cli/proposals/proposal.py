"""``gehoor proposal``: what is proposed for the agreements, as those who run the server see it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date

import click

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.cli.agreements.differences import print_differences
from gehoor.cli.support.click_dutch import DutchGroup, Failure, OptionProblem
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import (
    Moment,
    day_option,
    echo_json,
    format_option,
    instant,
    now_option,
    place_options,
)
from gehoor.core.dossier.events import parse_instant
from gehoor.core.proposals.proposal import State
from gehoor.core.proposals.sources import SourcesError
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import Operator
from gehoor.services.agreements.publishing import Validity, ValidityError
from gehoor.services.agreements.same_numbers import SameNumbersError
from gehoor.services.ports.drafting import TooHeavySourcesError
from gehoor.services.proposals.bringing_in import (
    NotApprovedError,
    NothingNewError,
    OvertakenError,
    UnfinishedError,
    UnsoundError,
    Wanted,
    publish_proposal,
)
from gehoor.services.proposals.changing import ClosedProposalError
from gehoor.services.proposals.looking import SeenProposal, proposals, see_proposal
from gehoor.services.proposals.outlook import Outlook, outlook
from gehoor.services.proposals.rights import MayNotError, NoAgreementsError
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime

_STATES = {"open": "open", "discarded": "ingetrokken", "published": "gepubliceerd"}
_SHORT = 12
_HEAVY = "Deze bestanden vragen te veel om na te kijken. Kijk ze na met: gehoor check"


class _ProposalGroup(DutchGroup):
    command_class = WorkCommand


@click.command("proposal", cls=_ProposalGroup, short_help="Volg wat voor de afspraken voorgesteld is.")
def proposal() -> None:
    """Volg wat in de werkplaats voor de afspraken voorgesteld is, kijk het na of laat het ingaan."""


@proposal.command("list", short_help="Toon de voorstellen.")
@click.option("--all", "everything", is_flag=True, help="Ook wat gepubliceerd of ingetrokken is.")
@now_option
@place_options
@format_option
@click.pass_context
def list_(ctx: click.Context, everything: bool, moment: Moment | None, output: str) -> None:
    """Toon de voorstellen, het laatst gewijzigde eerst."""
    states = tuple(State) if everything else (State.OPEN,)
    with opened(ctx) as runtime:
        found = proposals(runtime, Operator(""), instant(moment), states)
    if output == "json":
        echo_json({"proposals": [{name: getattr(one, name) for name in one.__slots__} for one in found]})
        return
    for one in found:
        day = DUTCH.formats.day(parse_instant(one.changed_at).date())
        click.echo(f"{one.id}  {one.organisation}  {_STATES[one.state]}  {day}  {one.title}")
    if not found:
        click.echo("Er is geen voorstel." if everything else "Er is geen open voorstel.")


@proposal.command("show", short_help="Toon wat een voorstel verandert.")
@click.argument("name", metavar="VOORSTEL")
@now_option
@place_options
@click.pass_context
def show(ctx: click.Context, name: str, moment: Moment | None) -> None:
    """Toon wat een voorstel verandert aan wat geldt, wie het maakte en wie het ermee eens is."""
    with opened(ctx) as runtime:
        seen = _seen(runtime, name, moment)
        staff = _names(runtime, moment)
        found = _outlook(runtime, seen, moment)
        click.echo(f"{seen.proposal.title} ({_STATES[seen.proposal.state.value]})")
        click.echo(f"Gemaakt door: {', '.join(staff(one) for one in seen.proposal.authors) or 'nog niemand'}")
        click.echo(f"Eens ermee: {', '.join(staff(one) for one in seen.proposal.agreed) or 'nog niemand'}")
        _print_told(found)
        for effect in found.changed:
            click.echo(f"{seen.proposal.organisation}/{effect.department}:")
            if effect.difference is None:
                click.echo("  nieuw")
            else:
                print_differences(effect.difference, "  ")


@proposal.command("check", short_help="Kijk een voorstel na.")
@click.argument("name", metavar="VOORSTEL")
@now_option
@place_options
@click.pass_context
def check(ctx: click.Context, name: str, moment: Moment | None) -> None:
    """Kijk de bestanden van een voorstel na, zoals gehoor check."""
    with opened(ctx) as runtime:
        found = _outlook(runtime, _seen(runtime, name, moment), moment)
    _print_told(found)
    if not found.judged.is_sound:
        sys.exit(1)
    click.echo("In orde.")


@proposal.command("publish", short_help="Laat een voorstel ingaan.")
@click.argument("name", metavar="VOORSTEL")
@click.option("--by", default="", metavar="NAAM", help="Wie dit besliste; nodig om te publiceren.")
@day_option("valid-from", "Vanaf welke dag het geldt; zonder keuze vandaag.")
@click.option("--unfinished", "so", is_flag=True, help="Ook als er nog iets geschreven moet worden.")
@now_option
@place_options
@click.pass_context
def publish(
    ctx: click.Context, name: str, by: str, valid_from: date | None, so: bool, moment: Moment | None
) -> None:
    """Laat een voorstel ingaan. Moet iemand anders het eerst goedkeuren, dan kan dat alleen in de werkplaats."""
    if not by.strip():
        raise OptionProblem("--by", 'zeg wie dit besliste, bijvoorbeeld --by "directie"')
    with opened(ctx) as runtime:
        seen = _seen(runtime, name, moment)
        drafter = ConfinedDrafter()
        wanted = Wanted(name, seen.proposal.tree, Validity(valid_from), so)
        try:
            published = publish_proposal(runtime, drafter, wanted, Operator.on_behalf_of(by), instant(moment))
        except ValidityError as error:
            raise OptionProblem("--valid-from", f"kies {error.day.isoformat()} of later") from error
        except _REFUSALS as error:
            if isinstance(error, UnsoundError):
                _print_told(Outlook(error.judged))
            raise Failure(_why_not(error)) from error
        finally:
            drafter.workers.close()
    for one in published:
        state = "gepubliceerd" if one.changed else "ongewijzigd"
        click.echo(f"{one.organisation}/{one.department}  {one.agreement[:_SHORT]}  {state}")


_SENTENCES: Mapping[type[Exception], str] = {
    UnsoundError: "Niets gepubliceerd: er staan fouten in.",
    OvertakenError: "Niets gepubliceerd: er is intussen iets anders gepubliceerd. Neem dat eerst over in de "
    "werkplaats.",
    NothingNewError: "Niets gepubliceerd: dit voorstel zegt hetzelfde als wat geldt.",
    ClosedProposalError: "Dit voorstel is al gepubliceerd of ingetrokken.",
    MayNotError: "Niets gepubliceerd: de afspraken die nu gelden, zijn beschadigd. Kijk ze na met: gehoor verify",
    SourcesError: _HEAVY,
    TooHeavySourcesError: _HEAVY,
}
_REFUSALS: tuple[type[Exception], ...] = (*_SENTENCES, NotApprovedError, SameNumbersError, UnfinishedError)


def _why_not(error: Exception) -> str:
    if isinstance(error, NotApprovedError):
        roles = "; ".join(f"{place}: {', '.join(names)}" for place, names in error.missing.items())
        return f"Niets gepubliceerd: iemand anders moet dit eerst goedkeuren ({roles})."
    if isinstance(error, UnfinishedError):
        lines = ", ".join(f"{one.file}:{one.line}" for one in error.lines)
        return f"Niets gepubliceerd: er moet nog iets geschreven worden ({lines}). Mag het zo? Zeg dan --unfinished."
    if isinstance(error, SameNumbersError):
        return f"Niets gepubliceerd: dossiers zouden dezelfde nummers krijgen, zoals {error.number}."
    return next(sentence for kind, sentence in _SENTENCES.items() if isinstance(error, kind))


def _seen(runtime: Runtime, name: str, moment: Moment | None) -> SeenProposal:
    try:
        return see_proposal(runtime, name, Operator(""), instant(moment))
    except NoAgreementsError as error:
        raise OptionProblem("VOORSTEL", f"{name!r} is er niet. Toon ze met: gehoor proposal list") from error


def _names(runtime: Runtime, moment: Moment | None) -> Callable[[str], str]:
    with reading(runtime.store) as register:
        return runtime.staff.of(register, instant(moment)).full_name


def _outlook(runtime: Runtime, seen: SeenProposal, moment: Moment | None) -> Outlook:
    drafter = ConfinedDrafter()
    try:
        return outlook(runtime, drafter, seen.proposal, seen.sources, instant(moment))
    except (SourcesError, TooHeavySourcesError) as error:
        raise Failure(_HEAVY) from error
    finally:
        drafter.workers.close()


def _print_told(found: Outlook) -> None:
    for one in found.judged.told:
        word = "fout" if one.serious else "let op"
        click.echo(f"{one.file}:{one.line}:{one.column} {one.code} ({word}) {one.sentence}")
