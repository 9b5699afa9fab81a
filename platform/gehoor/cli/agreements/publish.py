"""``gehoor publish``: agreements come into force, today or from a later day."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import click

from gehoor.bootstrap.drafting.folder import FoundSources, sources_in
from gehoor.bootstrap.register import is_there
from gehoor.cli.agreements.publication_preview import Offer, Wanted, bring_in, rehearse
from gehoor.cli.support.click_dutch import OptionProblem, counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.loaded import loaded
from gehoor.cli.support.moments import LOOK, future_option, refuse_future
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import (
    Moment,
    day_option,
    echo_json,
    format_option,
    now_option,
    place_options,
    places,
)
from gehoor.cli.support.targets import unclear_hash
from gehoor.core.agreement.parse import build_agreement
from gehoor.core.text.problems import errors
from gehoor.loading.problems.texts import line
from gehoor.services.access.manned import is_open
from gehoor.services.agreements.comparison import UnclearHashError
from gehoor.services.agreements.ended import ended_among, no_longer_in_files
from gehoor.services.agreements.publishing import Publishable, Validity, stored_publishable
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime


@click.command("publish", cls=WorkCommand, short_help="Laat de afspraken ingaan voor nieuwe dossiers.")
@click.argument("organisations", metavar="[ORGANISATIE]...", nargs=-1)
@click.option("--what-if", is_flag=True, help="Toon alleen wat er zou veranderen.")
@click.option("--by", default="", metavar="NAAM", help="Wie dit afsprak; nodig om te publiceren.")
@day_option("valid-from", "Vanaf welke dag ze gelden; zonder keuze vandaag.")
@day_option("review-before", "Voor welke dag ze herzien moeten zijn; zonder keuze wat in de afspraken staat.")
@click.option(
    "--again",
    metavar="CODE",
    help="Eerdere afspraken opnieuw, in plaats van de bestanden: minstens zes tekens van hun code.",
)
@click.option(
    "--reopen",
    multiple=True,
    metavar="ORGANISATIE/AFDELING",
    help="Een afdeling die gestopt is weer openen; mag vaker.",
)
@future_option
@now_option
@place_options
@format_option
@click.pass_context
def publish(
    ctx: click.Context,
    organisations: tuple[str, ...],
    what_if: bool,
    by: str,
    valid_from: date | None,
    review_before: date | None,
    again: str | None,
    reopen: tuple[str, ...],
    future: bool,
    moment: Moment | None,
    output: str,
) -> None:
    """Laat de afspraken ingaan voor nieuwe dossiers. Dossiers die lopen, houden hun eigen afspraken.

    Eerst ziet u per afdeling wat er verandert. Is er ergens een fout, dan wordt niets gepubliceerd. Terug naar
    vroeger gaat met --again: de codes staan in "gehoor publications". Een afdeling die met "gehoor end" gestopt is,
    blijft dicht, ook als ze nog in de bestanden staat; weer openen gaat met --reopen.
    """
    if not what_if and not by.strip():
        raise OptionProblem("--by", 'zeg wie dit afsprak, bijvoorbeeld --by "gebruikersraad en directie"')
    wanted = Wanted(by, Validity(valid_from, review_before), moment, output)
    if again is not None:
        if organisations:
            raise OptionProblem("--again", "noem geen organisatie; de code zegt om welke afdeling het gaat")
        with opened(ctx) as runtime:
            offers = [_earlier(runtime, again)]
            if what_if:
                rehearse(runtime, offers, wanted)
            else:
                refuse_future(runtime, moment, asked=future, instead=LOOK)
                bring_in(runtime, offers, wanted)
        return
    offers = _offers(ctx, organisations, output)
    named = {offer.proposal.organisation for offer in offers}
    found = sources_in(places(ctx).workspace_folder(), sorted(named))
    _tell_unkept(found)
    wanted = replace(wanted, sources=found.sources)
    if not what_if:
        with opened(ctx, make=True) as runtime:
            refuse_future(runtime, moment, asked=future, instead=LOOK)
            _tell_gone(runtime, offers, wanted)
            opened_offers = _open(runtime, offers, reopen, wanted)
            bring_in(runtime, opened_offers, wanted)
            _tell_unmanned(runtime, opened_offers, wanted)
    elif is_there(places(ctx).register()):
        with opened(ctx) as runtime:
            _tell_gone(runtime, offers, wanted)
            rehearse(runtime, _open(runtime, offers, reopen, wanted), wanted)
    else:
        # Without a register nothing is in force, and none is made.
        rehearse(None, offers, wanted)


def _offers(ctx: click.Context, organisations: tuple[str, ...], output: str) -> list[Offer]:
    """Return what the files say. Ends the command, with the mistakes on stderr, when something is wrong there."""
    found = loaded(ctx, organisations)
    if wrong := errors(found.problems):
        for problem in wrong:
            click.echo(line(problem), err=True)
        click.echo(f"Niets gepubliceerd: {counted(len(wrong), 'fout', 'fouten')}.", err=True)
        if output == "json":
            echo_json({"published": []})
        sys.exit(1)
    for problem in found.problems:
        if problem.code == "nog-aan-te-vullen":
            click.echo(line(problem), err=True)
    return [
        Offer(Publishable(d.organisation, d.department, d.document, d.places), d.agreement)
        for d in found.departments
    ]


def _open(runtime: Runtime, offers: Sequence[Offer], reopen: Sequence[str], wanted: Wanted) -> list[Offer]:
    """Return what is to be published: a department that was ended stays so until somebody says otherwise."""
    named = {f"{offer.proposal.organisation}/{offer.proposal.department}": offer for offer in offers}
    if unknown := [one for one in reopen if one not in named]:
        raise OptionProblem("--reopen", f"{unknown[0]} staat niet in de bestanden die u publiceert")
    places = [(offer.proposal.organisation, offer.proposal.department) for offer in offers]
    with reading(runtime.store) as register:
        ended = {"/".join(one) for one in ended_among(register, places, wanted.now(offers))}
    for name in sorted(ended):
        click.echo(
            f"{name} is gestopt en gaat weer open."
            if name in reopen
            else f"{name} is gestopt en blijft dicht. Moet ze weer open? Doe dan: gehoor publish --reopen {name}",
            err=True,
        )
    return [offer for name, offer in named.items() if name not in ended or name in reopen]


def _tell_gone(runtime: Runtime, offers: Sequence[Offer], wanted: Wanted) -> None:
    """Say which departments are no longer in the files and still take in messages: taking a file away ends nothing."""
    present = [(offer.proposal.organisation, offer.proposal.department) for offer in offers]
    with reading(runtime.store) as register:
        gone = no_longer_in_files(register, {one for one, _ in present}, present, wanted.now(offers))
    for organisation, department in gone:
        click.echo(
            f"Let op: {organisation}/{department} staat niet meer in de bestanden, en neemt nog altijd berichten aan. "
            f"Moet dat stoppen? Doe dan: gehoor end {organisation}/{department}",
            err=True,
        )


def _tell_unmanned(runtime: Runtime, offers: Sequence[Offer], wanted: Wanted) -> None:
    """Say which departments the website does not offer yet, as nobody would see what comes in."""
    for offer in offers:
        agreement = offer.agreement
        if not is_open(runtime, agreement, wanted.now(offers)):
            name = f"{agreement.organisation}/{agreement.department}"
            click.echo(
                f"Let op: {name} is op de website nog niet open, want niemand zou er zien wat binnenkomt. Geef iemand "
                f"er een rol: gehoor user add NAAM --role {name}:ROL",
                err=True,
            )


def _tell_unkept(found: FoundSources) -> None:
    """Say which files are published or stay in the folder, and are not kept in the register."""
    for organisation, file in found.unkept.items():
        why = f"door {file}" if file else "want het zijn er te veel, of ze zijn samen te groot"
        click.echo(
            f"Let op: het register bewaart de bestanden van {organisation} niet, {why}. In de werkplaats kan zo "
            "niemand aan deze afspraken verder werken.",
            err=True,
        )
    for file in found.left_out:
        click.echo(
            f"Let op: {file} bewaart het register niet: de naam kan daar niet, of het is te groot.", err=True
        )


def _earlier(runtime: Runtime, beginning: str) -> Offer:
    try:
        proposal = stored_publishable(runtime, beginning)
    except UnclearHashError as error:
        raise unclear_hash(error, "--again") from error
    return Offer(proposal, build_agreement(proposal.document, proposal.places))
