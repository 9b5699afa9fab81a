"""``gehoor demo``: a register with people and cases, to try things out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gehoor import bootstrap
from gehoor.bootstrap.checking.checked import organisations
from gehoor.bootstrap.demo import DEMO_PASSWORD, demo_data_of, demos
from gehoor.bootstrap.drafting.folder import sources_in
from gehoor.bootstrap.mail import outbox
from gehoor.bootstrap.register import open_runtime, store_notice
from gehoor.bootstrap.register_files.key import key_file
from gehoor.bootstrap.website import Website
from gehoor.cli.site.demo_building import Demo, build
from gehoor.cli.site.listening import Address
from gehoor.cli.site.serve import PORT, whole_number
from gehoor.cli.site.serving import run
from gehoor.cli.support.click_dutch import Failure, counted
from gehoor.cli.support.demo_register import is_demo, mark_as_demo
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.loaded import loaded
from gehoor.cli.support.options import (
    Moment,
    echo_json,
    format_option,
    instant,
    now_option,
    place_options,
    places,
)
from gehoor.core.text.problems import errors
from gehoor.services.accounts.administration import managed_by
from gehoor.services.agreements.publishing import Publishable
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime

_NAME = "demo.db"


@click.command("demo", cls=WorkCommand, short_help="Maak een register met voorbeelden om te proberen.")
@click.option("--serve", "serving", is_flag=True, help="Start daarna de website, alleen op deze computer.")
@click.option("--port", default=str(PORT), metavar="POORT", help=f"Voor --serve; zonder keuze {PORT}.")
@now_option
@place_options
@format_option
@click.pass_context
def demo(ctx: click.Context, serving: bool, port: str, moment: Moment | None, output: str) -> None:
    """Maak een register met medewerkers en dossiers van de verzonnen organisaties in de map met afspraken.

    Staat er geen van hen, dan krijgt elke rol van de organisatie die er wel staat, een medewerker.
    Het komt in .gehoor/demo.db in de map met afspraken, of waar --store zegt. Bestaat het al, dan blijft het.
    """
    address = Address("127.0.0.1", whole_number("--port", port, 65_535))
    where = places(ctx)
    place = bootstrap.register_place(where.store, where.workspace, _NAME)
    if not isinstance(place, Path):
        raise Failure(f"Een demo is een bestand, en {place} is een database. Geef een bestand met --store.")
    where.store, file = str(place), place
    if not file.exists():
        _make(ctx, file, moment, bootstrap.base_url(address.url))
    runtime = open_runtime(file, bootstrap.base_url(address.url))
    try:
        if not is_demo(runtime):
            raise Failure(
                f"{file} is geen demo, en blijft dus zoals het is. Kies een ander bestand met --store."
            )
        _report(runtime, file, address, output, instant(moment))
        if serving:
            website = Website(file, bootstrap.base_url(address.url), workspace=where.workspace)
            run(website.app(runtime), runtime, outbox(file), address, 60, store_notice(file))
    finally:
        runtime.store.close()


def _make(ctx: click.Context, file: Path, moment: Moment | None, home: str) -> None:
    there = organisations(places(ctx).workspace_folder())
    shown = {one["organisation"]: one for one in demos() if one["organisation"] in there}
    found = loaded(ctx, tuple(shown or there[:1]))
    if errors(found.problems) or not found.departments:
        raise Failure("In de afspraken staan fouten. Kijk ze na met: gehoor check")
    if not shown:
        first = found.departments[0].agreement
        shown = {first.organisation: demo_data_of(first)}
    played = [
        Demo(
            data,
            own[0].agreement.time_zone,
            [Publishable(one.organisation, one.department, one.document, one.places) for one in own],
            sources_in(places(ctx).workspace_folder(), (name,)).sources,
        )
        for name, data in shown.items()
        if (own := [one for one in found.departments if one.organisation == name])
    ]
    zone = played[0].zone
    # Made under another name, so that there is either a whole demo or none.
    draft = file.with_name(f"{file.name}.nieuw")
    for left in draft.parent.glob(f"{draft.name}*"):
        left.unlink()
    runtime = open_runtime(draft, home)
    try:
        mark_as_demo(runtime)
        missing = build(runtime, outbox(file), played, instant(moment, zone))
    finally:
        runtime.store.close()
    draft.replace(file)
    if key_file(draft).exists():
        # With it the codes were made that the demo gave.
        key_file(draft).replace(key_file(file))
    if missing:
        click.echo("Niet alles van de demo past bij deze afspraken. Dit ontbreekt erin:", err=True)
        for sentence in dict.fromkeys(missing):
            click.echo(f"  {sentence}", err=True)


def _report(runtime: Runtime, file: Path, address: Address, output: str, now: datetime) -> None:
    with reading_projection(runtime) as register:
        people = sorted(register.accounts(), key=lambda one: (one.roles[:1], one.name))
        managing = {one.name for one in people if managed_by(runtime, register, one.name, now)}
        departments = register.published_departments()
        dossiers = [
            {"dossier": summary.id, "number": summary.number, "department": summary.department}
            for closed in (False, True)
            for summary in register.summaries(departments, closed=closed)
        ]
    if output == "json":
        echo_json(
            {
                "address": address.url,
                "store": str(file),
                "password": DEMO_PASSWORD,
                "people": [
                    {
                        "name": person.name,
                        "full_name": person.full_name,
                        "roles": list(person.roles),
                        "manages_accounts": person.name in managing,
                    }
                    for person in people
                ],
                "dossiers": sorted(dossiers, key=lambda dossier: dossier["number"]),
            }
        )
        return
    click.echo(f"{counted(len(dossiers), 'dossier', 'dossiers')} in {file}")
    click.echo(f"Adres: {address.url}   Wachtwoord voor iedereen: {DEMO_PASSWORD}")
    for person in people:
        does = ", ".join(person.roles) or "begint nieuwe organisaties, op de bladzijde Werkplaats"
        click.echo(f"  {person.name:<10} {person.full_name:<22} {does}")
    if managing:
        click.echo(f"Accounts beheren, op de bladzijde Beheer: {', '.join(sorted(managing))}")
