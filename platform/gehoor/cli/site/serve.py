"""``gehoor serve``: the website, with the sweep beside it."""

from __future__ import annotations

import os
from importlib.util import find_spec

import click

from gehoor import bootstrap
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.doctor.check import Surroundings
from gehoor.bootstrap.doctor.looking import refuse_unsafe
from gehoor.bootstrap.doctor.names import unknown_names
from gehoor.bootstrap.doctor.settings import read_settings
from gehoor.bootstrap.exchange.hooks import tell_programs
from gehoor.bootstrap.mail import mailer, outbox
from gehoor.bootstrap.register import store_notice
from gehoor.bootstrap.site_address import over_https
from gehoor.bootstrap.website import ALL_ONE, Website, application, trusted_proxies
from gehoor.cli.site.listening import Address
from gehoor.cli.site.serving import run
from gehoor.cli.support.click_dutch import Failure, OptionProblem
from gehoor.cli.support.demo_register import is_demo
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import place_options, places
from gehoor.services.jobs.reindex import is_behind

PORT = 8000
_LARGEST_PORT = 65_535
_MOST_WORKERS = 64


@click.command("serve", cls=WorkCommand, short_help="Start de website.")
@click.option("--host", default="127.0.0.1", metavar="ADRES", help="Zonder keuze alleen deze computer.")
@click.option("--port", default=str(PORT), metavar="POORT", help=f"Zonder keuze {PORT}.")
@click.option("--https", is_flag=True, help="De website staat achter een proxy die HTTPS verzorgt.")
@click.option(
    "--insecure", is_flag=True, help="Ook zonder HTTPS bereikbaar voor anderen. Alleen om te proberen."
)
@click.option(
    "--workers",
    metavar="AANTAL",
    help="In hoeveel processen; zonder keuze een per processor, ten hoogste 4.",
)
@click.option("--no-sweep", is_flag=True, help="Kijk geen termijnen na; plan dan zelf gehoor sweep.")
@click.option("--sweep-every", default="60", metavar="SECONDEN", help="Zonder keuze elke 60 seconden.")
@click.option(
    "--draft", is_flag=True, help="Toon de bestanden zoals ze nu zijn, om te proberen; niets wordt bewaard."
)
@place_options
@click.pass_context
def serve(
    ctx: click.Context,
    host: str,
    port: str,
    https: bool,
    insecure: bool,
    workers: str | None,
    no_sweep: bool,
    sweep_every: str,
    draft: bool,
) -> None:
    """Start de website, kijk de termijnen na en verstuur de berichten, tot u met Ctrl-C stopt.

    Met --draft volgt de website de bestanden: bewaar een bestand, herlaad de pagina. Staat er een fout in, dan staat
    ze op de pagina. Wat u invult, is weg als u stopt, en er vertrekken geen berichten.
    """
    # Before it is known whether what people type is safe on the way, nothing else is.
    https = https or (not draft and _says_https())
    address = Address(host, whole_number("--port", port, _LARGEST_PORT), https)
    every = None if no_sweep else whole_number("--sweep-every", sweep_every, 86_400)
    if not (address.is_loopback or https or insecure):
        raise OptionProblem(
            "--host",
            f"op {host} kunnen anderen meelezen; gebruik --https achter een proxy met HTTPS, of --insecure om te "
            "proberen",
        )
    if not address.is_loopback and not bootstrap.base_url(""):
        click.echo("Let op: zet in GEHOOR_URL het adres van de website; het staat in de berichten.", err=True)
    chosen = None if workers is None else whole_number("--workers", workers, _MOST_WORKERS)
    if draft:
        if chosen not in (None, 1):
            raise OptionProblem("--workers", "een concept past in een proces; laat --workers weg bij --draft")
        _serve_draft(ctx, address, every)
        return
    proxies = trusted_proxies()
    # Looked at before any worker starts: a setting that means nothing is no reason to start again and again.
    _read_settings()
    if https and proxies is None:
        click.echo(ALL_ONE, err=True)
    website = Website(
        places(ctx).register(),
        bootstrap.base_url(address.url),
        https,
        proxies or 0,
        places(ctx).workspace,
    )
    with opened(ctx, address=website.home) as runtime:
        demo = is_demo(runtime)
        if demo and not (address.is_loopback or insecure):
            raise Failure("De wachtwoorden van een demo kent iedereen. Zet een demo niet op het net.")
        if is_behind(runtime):
            click.echo(
                "Let op: lijsten en zoeken missen oudere dossiers. Doe een keer: gehoor reindex", err=True
            )
        # Read in any case: a setting that means nothing is told before anybody counts on it.
        named = mailer(website.store)
        post = outbox(website.store) if demo else named
        _refuse_unsafe(
            Surroundings(website.place, os.environ, bootstrap.now(), https, host, runtime, thorough=False)
        )
        # Also where workers make their own: what is wrong with the settings must show here, and once.
        app = website.app(runtime)
        if demo or not has_workers():
            if chosen not in (None, 1):
                reason = (
                    "een demo past in een proces" if demo else "hier is er geen server voor meer processen"
                )
                raise OptionProblem("--workers", f"{reason}; laat --workers weg")
            store = website.store
            run(
                app,
                runtime,
                post,
                address,
                every,
                store_notice(website.place),
                lambda asked: tell_programs(runtime, store, bootstrap.now, asked),
            )
            return
    # Imported here: it is not there on every system.
    from gehoor.cli.site.workers import run_workers  # noqa: PLC0415

    run_workers(website, address, every, chosen or usual_workers())


def _says_https() -> bool:
    try:
        return over_https()
    except SetupError as error:
        raise Failure(str(error)) from error


def _read_settings() -> None:
    read_settings()
    for sentence in unknown_names(os.environ):
        click.echo(f"Let op: {sentence}", err=True)


def _refuse_unsafe(at: Surroundings) -> None:
    try:
        refuse_unsafe(at)
    except SetupError as error:
        raise Failure(str(error)) from error


def _serve_draft(ctx: click.Context, address: Address, every: int | None) -> None:
    # Imported here: a website of a register reads no files.
    from gehoor.bootstrap.drafting.working_files import USER, WorkingFiles  # noqa: PLC0415

    files = WorkingFiles(places(ctx).workspace_folder(), bootstrap.base_url(address.url))
    click.echo("Dit is een concept: de bestanden zoals ze nu zijn. Wat u invult, is weg als u stopt.")
    click.echo(f"Aanmelden als medewerker: {USER}   Wachtwoord: {files.password}")
    run(application(files.runtime, address.https, draft=files), files.runtime, None, address, every)


def has_workers() -> bool:
    """Say whether this system can serve in processes of their own."""
    return os.name == "posix" and find_spec("granian") is not None


def usual_workers() -> int:
    """Return how many workers there are when nobody says: more than 4 wait for one another to write."""
    return min(os.cpu_count() or 1, 4)


def whole_number(option: str, text: str, largest: int) -> int:
    """Read a number from 1 to the largest there may be. Raises ``OptionProblem``."""
    if not (
        text.isascii() and text.isdigit() and len(text) <= len(str(largest)) and 1 <= int(text) <= largest
    ):
        raise OptionProblem(option, f'"{text}" kan niet; schrijf een getal van 1 tot en met {largest}')
    return int(text)
