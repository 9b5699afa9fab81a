"""``gehoor webhook``: programs that hear what happens in an organisation."""

from __future__ import annotations

import click

from gehoor import bootstrap
from gehoor.bootstrap.exchange.hooks import hook_poster, hook_vault
from gehoor.cli.support.click_dutch import DutchGroup, Failure, OptionProblem, counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import echo_json, format_option, place_options, places
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.exchange.hooks import (
    HookRefusedError,
    NewHook,
    UnknownHookError,
    hooks_shown,
    pause,
    send_again,
    subscribe,
    unsubscribe,
)
from gehoor.services.ports.hooks import HookEvent

_WORDS = {one.value.rpartition(".")[2]: one.value for one in HookEvent}
_REFUSED = {
    "name": ("--name", "zeg waarvoor deze webhook is, in hoogstens 100 tekens"),
    "address": ("ADRES", "dit is geen adres; schrijf bijvoorbeeld https://portaal.voorbeeld.be/gehoor"),
    "https": ("ADRES", "dit begint niet met https://; met GEHOOR_WEBHOOK_HTTP=1 mag het"),
    "private": ("ADRES", "dit ligt in een eigen netwerk; met GEHOOR_WEBHOOK_PRIVATE=1 mag het"),
    "events": ("--event", f"kies uit {', '.join(_WORDS)}"),
    "many": ("ORGANISATIE", "er zijn al zoveel webhooks als kan"),
}


class _WebhookGroup(DutchGroup):
    command_class = WorkCommand


@click.command("webhook", cls=_WebhookGroup, short_help="Beheer welke programma's horen wat er gebeurt.")
def webhook() -> None:
    """Beheer welke programma's horen dat er iets met een dossier gebeurde, en niets van wat erin staat."""


@webhook.command("add", short_help="Laat een programma iets horen.")
@click.argument("organisation", metavar="ORGANISATIE")
@click.argument("address", metavar="ADRES")
@click.option("--name", required=False, default="", metavar="NAAM", help="Waarvoor de webhook is.")
@click.option(
    "--event", "events", multiple=True, metavar="GEBEURTENIS", help=f"{', '.join(_WORDS)}; zonder keuze alle."
)
@place_options
@click.pass_context
def add(ctx: click.Context, organisation: str, address: str, name: str, events: tuple[str, ...]) -> None:
    """Laat het programma op ADRES horen wat er in ORGANISATIE gebeurt. Het geheim staat hierna één keer in beeld."""
    chosen = tuple(_WORDS.get(one, one) for one in events or _WORDS)
    wanted = NewHook(organisation, name, address, chosen)
    with opened(ctx) as runtime:
        tools = (hook_vault(places(ctx).register_file()), hook_poster())
        try:
            hook, secret = subscribe(runtime, tools, wanted, Operator(OPERATOR), bootstrap.now())
        except HookRefusedError as refusal:
            raise OptionProblem(*_REFUSED[refusal.code]) from refusal
        except UnknownHookError as error:
            raise Failure(f"De organisatie {organisation} is niet gepubliceerd.") from error
    click.echo(f"Webhook {hook.id} geldt meteen.")
    click.echo(f"Geheim, dat u nu één keer ziet: {secret}")


@webhook.command("list", short_help="Toon de webhooks, en hoe het gaat.")
@place_options
@format_option
@click.pass_context
def list_hooks(ctx: click.Context, output: str) -> None:
    """Toon welke programma's wat horen, hoeveel er wacht, en wat het laatst misging."""
    with opened(ctx) as runtime:
        found = hooks_shown(runtime, Operator(OPERATOR), bootstrap.now())
    if output == "json":
        echo_json(
            [
                {
                    "id": one.hook.id,
                    "organisation": one.hook.organisation,
                    "name": one.hook.name,
                    "address": one.hook.address,
                    "events": list(one.hook.events),
                    "paused_at": one.hook.paused_at,
                    "waiting": one.waiting,
                    "reason": one.hook.why or next((m.error for m in one.last if m.error), ""),
                }
                for one in found
            ]
        )
        return
    for one in found:
        state = "  (staat stil)" if one.hook.is_paused else ""
        click.echo(f"{one.hook.id}  {one.hook.organisation}  {one.hook.name}  {one.hook.address}{state}")
        if one.waiting:
            why = one.hook.why or next((message.error for message in one.last if message.error), "")
            click.echo(
                f"  {counted(one.waiting, 'gebeurtenis wacht', 'gebeurtenissen wachten')}{why and f': {why}'}"
            )
    if not found:
        click.echo("Er is nog geen webhook. Maak er een met: gehoor webhook add")


@webhook.command("pause", short_help="Zet een webhook stil: wat gebeurt, wacht.")
@click.argument("hook", metavar="WEBHOOK")
@place_options
@click.pass_context
def pause_hook(ctx: click.Context, hook: str) -> None:
    """Zet een webhook stil. Wat gebeurt, wacht tot ze weer verder gaat."""
    _do(ctx, hook, "pause")
    click.echo(f"{hook} staat stil.")


@webhook.command("again", short_help="Laat een webhook verder gaan, en verstuur opnieuw wat wacht.")
@click.argument("hook", metavar="WEBHOOK")
@place_options
@click.pass_context
def again(ctx: click.Context, hook: str) -> None:
    """Laat een webhook verder gaan, en verstuur opnieuw wat wacht."""
    _do(ctx, hook, "again")
    click.echo(f"Wat voor {hook} wachtte, gaat nu opnieuw.")


@webhook.command("remove", short_help="Haal een webhook weg.")
@click.argument("hook", metavar="WEBHOOK")
@place_options
@click.pass_context
def remove(ctx: click.Context, hook: str) -> None:
    """Haal een webhook weg. Wat nog wachtte, gaat niet meer."""
    _do(ctx, hook, "remove")
    click.echo(f"{hook} is weg.")


def _do(ctx: click.Context, hook: str, what: str) -> None:
    act = {"pause": pause, "again": send_again, "remove": unsubscribe}[what]
    with opened(ctx) as runtime:
        try:
            act(runtime, hook, Operator(OPERATOR), bootstrap.now())
        except UnknownHookError as error:
            raise Failure(f"Er is geen webhook {hook}. Zie: gehoor webhook list") from error
