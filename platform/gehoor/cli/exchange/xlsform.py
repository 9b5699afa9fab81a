"""``gehoor xlsform``: a form that others wrote as XLSForm becomes a proposal."""

from __future__ import annotations

import re
from pathlib import Path

import click

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.bootstrap.exchange.xlsforms import (
    NoPlaceError,
    NoXlsFormError,
    SheetRefusedError,
    TakenForm,
    Untaken,
    form_in,
    told_of,
    with_form,
)
from gehoor.cli.exchange.sheet_sentences import refused_sentence
from gehoor.cli.support.click_dutch import Failure, NeededOption, OptionProblem, counted, did_you_mean
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import Moment, instant, now_option, place_options
from gehoor.core.agreement.model import Agreement
from gehoor.core.proposals.proposal import Proposal
from gehoor.services.access.authorisation import Operator
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.ports.drafting import TooHeavySourcesError
from gehoor.services.proposals.changing import Edit, NoSourcesError, begin_proposal, change_files
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime

_NAME = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
_UNTAKEN = {
    "kind": "een vraag van deze soort kennen wij niet ({part})",
    "note": "een mededeling is geen vraag; zet ze bij de uitleg van een vraag of een stap ({part})",
    "repeat": "een groep die zich herhaalt, gaat niet mee; maak er een lijst met rijen van",
    "in-repeat": "stond in een groep die zich herhaalt, en gaat niet mee ({part})",
    "relevant": "wanneer ze gevraagd wordt, kunnen wij niet overnemen: ze wordt nu altijd gevraagd ({part})",
    "constraint": "welke antwoorden kunnen, kunnen wij niet overnemen ({part})",
    "constraint-message": "de boodschap bij een fout antwoord gaat niet mee; wij zeggen het zelf ({part})",
    "required-if": "is alleen soms verplicht; nu nooit ({part})",
    "reference": "in de tekst stond een ander antwoord; daar staan nu drie puntjes ({part})",
    "renamed": "heet hier {part}",
    "default": "wat er al ingevuld stond, gaat niet mee ({part})",
    "column": "dit gaat niet mee: {part}",
    "or-other": "de keuze 'anders' met een tekst gaat niet mee; voeg ze toe",
    "no-list": "de keuzelijst ontbreekt ({part})",
    "choice-twice": "deze keuze stond er twee keer in de lijst {part}; de eerste blijft",
    "range": "de grenzen van dit getal gaan niet helemaal mee ({part})",
    "open-group": "hier begint of eindigt een groep die niet sluit",
}
_TAKEN = {
    "taken": "er is al een formulier of bestand dat zo heet; kies een andere naam",
}


@click.command("xlsform", cls=WorkCommand, short_help="Neem een XLSForm over als voorstel.")
@click.argument("organisation", metavar="ORGANISATIE")
@click.argument("file", metavar="BESTAND", type=click.Path(path_type=Path))
@click.option("--name", cls=NeededOption, metavar="NAAM", help="Hoe het formulier hier heet, zoals hinder.")
@click.option(
    "--phase", cls=NeededOption, metavar="FASE", help="In welke fase de vragen in het dossier staan."
)
@now_option
@place_options
@click.pass_context
def xlsform(
    ctx: click.Context, organisation: str, file: Path, name: str, phase: str, moment: Moment | None
) -> None:
    """Neem een formulier over dat als XLSForm (.xlsx) geschreven is. Het wordt een voorstel: in de werkplaats kijkt u
    het na en past u het aan. Er gaat niets in.

    De vragen worden velden van het dossier, met een formulier dat ze stelt. Wat niet overgenomen kon worden, staat in
    een lijst.
    """
    if not _NAME.fullmatch(name) or len(name) > 40:
        raise OptionProblem("--name", "gebruik kleine letters, cijfers en streepjes, zoals hinder-op-straat")
    with opened(ctx) as runtime:
        now = instant(moment)
        agreements = _in_force(runtime, organisation, moment)
        phases = {one for agreement in agreements for one in agreement.phases}
        if phase not in phases:
            hint = did_you_mean(phase, phases) or f"; kies uit {', '.join(sorted(phases))}"
            raise OptionProblem("--phase", f'de fase "{phase}" bestaat niet{hint}')
        taken = {
            field for agreement in agreements for one in agreement.forms.values() for field in one.fields
        }
        form = _form(file, agreements[0].languages[0], taken, name.replace("-", "_"))
        try:
            with reading(runtime.store) as register:
                sources = register.sources(register.tree_in_force(organisation))
            meant = {field for agreement in agreements for field in agreement.meanings.values()}
            # Where it has no place, nothing is begun.
            files = with_form(sources, organisation, name, form, (phase, meant)) if sources else {}
            title = f"XLSForm: {form.title}"[:200]
            proposal = begin_proposal(runtime, organisation, title, Operator(""), now)
            edit = Edit(proposal.id, proposal.tree, {**files}, f"Overgenomen uit {file.name}"[:200])
            proposal = change_files(runtime, edit, Operator(""), now)
        except NoSourcesError as error:
            raise Failure(
                f"De bestanden van {organisation} zijn niet bewaard. Breng ze eerst in met: gehoor sources import"
            ) from error
        except NoPlaceError as error:
            raise Failure(_no_place(error, name)) from error
        _tell(form, proposal)
        _judge(runtime, proposal)


def _no_place(error: NoPlaceError, name: str) -> str:
    if error.reason in _TAKEN:
        return f"{name}: {_TAKEN[error.reason]}."
    return "De bestanden van deze organisatie kunnen zo niet aangevuld worden. Doe het in de werkplaats."


def _in_force(runtime: Runtime, organisation: str, moment: Moment | None) -> list[Agreement]:
    with reading(runtime.store) as register:
        published = register.published_departments()
        names = {one for one, _ in published}
        if organisation not in names:
            hint = did_you_mean(organisation, names) or f"; kies uit {', '.join(sorted(names))}"
            raise OptionProblem(organisation, f"deze organisatie is niet gepubliceerd{hint}")
        wanted = [one for one in published if one[0] == organisation]
        found = [one.agreement for one in all_in_force(register, runtime.library, wanted, instant(moment))]
    if not found:
        raise Failure(f"Voor {organisation} geldt nog niets.")
    return found


def _form(file: Path, language: str, taken: set[str], prefix: str) -> TakenForm:
    try:
        return form_in(file, language, taken, prefix)
    except SheetRefusedError as error:
        raise Failure(f"{file} {refused_sentence(error.code, error.details)}.") from error
    except NoXlsFormError as error:
        why = (
            "heeft meer vragen of keuzes dan kan"
            if str(error) == "many"
            else "heeft geen blad 'survey' met vragen"
        )
        raise Failure(f"{file} {why}.") from error
    except OSError as error:
        raise Failure(f"{file} kan niet gelezen worden: {error.strerror or error}.") from error


def _tell(form: TakenForm, proposal: Proposal) -> None:
    click.echo(f"Voorstel {proposal.id}: {counted(len(form.fields), 'vraag', 'vragen')} overgenomen.")
    untaken = list(told_of(form))
    if untaken:
        click.echo("Niet, of anders, overgenomen:")
    for one in untaken:
        click.echo(f"  {_place(one)}: {_UNTAKEN[one.code].format(part=one.part)}")


def _place(one: Untaken) -> str:
    return f"{one.sheet}, rij {one.row}{f', {one.name}' if one.name else ''}"


def _judge(runtime: Runtime, proposal: Proposal) -> None:
    """Say what is still wrong with the proposal as it is."""
    with reading(runtime.store) as register:
        sources = register.sources(proposal.tree)
    drafter = ConfinedDrafter()
    try:
        judged = drafter.judge(sources, proposal.organisation)
    except TooHeavySourcesError:
        click.echo("Kijk het voorstel na in de werkplaats.")
        return
    finally:
        drafter.workers.close()
    for one in judged.told:
        click.echo(f"{one.file}:{one.line}:{one.column}  {one.code}  {one.sentence}")
    if judged.is_sound:
        click.echo("Het voorstel klopt. Ga ermee verder in de werkplaats.")
    else:
        click.echo("Zo kan het nog niet ingaan. Vul het aan in de werkplaats.")
