"""``gehoor user``: who may sign in."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

import click

from gehoor import bootstrap
from gehoor.bootstrap.register import hasher
from gehoor.cli.accounts.account_lookup import echo_vacant
from gehoor.cli.accounts.new_passwords import given_password
from gehoor.cli.accounts.roles import checked_roles
from gehoor.cli.accounts.user_away import account_lines, away, back
from gehoor.cli.accounts.user_client import client, token
from gehoor.cli.accounts.user_confirm import confirmed, waiting_data, waiting_said
from gehoor.cli.accounts.user_coordinates import coordinator
from gehoor.cli.accounts.user_log import log
from gehoor.cli.accounts.user_off import off
from gehoor.cli.support.actors import account_named
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
from gehoor.core.access.roles import role_text
from gehoor.core.text.contacts import is_email
from gehoor.core.text.normalise import undrawn
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.access.vacant_roles import empty_roles
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.accounts.accounts import account_names
from gehoor.services.accounts.new_accounts import (
    RESERVED,
    SIGN_IN_NAME,
    NameTakenError,
    give_password_once,
    new_account,
    new_account_once,
    set_password,
)
from gehoor.services.accounts.second_factor import take_away
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading

_LONGEST_NAME = 100
_stdin_option = click.option(
    "--password-stdin",
    "from_stdin",
    is_flag=True,
    help="Lees het wachtwoord van de invoer; anders maakt Gehoor er een.",
)


def _drawn(_ctx: click.Context, option: click.Parameter, name: str | None) -> str | None:
    if name is not None and undrawn(name):
        raise OptionProblem(option.opts[0], "in deze naam staan tekens die niemand ziet; typ de naam opnieuw")
    if name is not None and len(name) > _LONGEST_NAME:
        raise OptionProblem(option.opts[0], f"deze naam is te lang: hoogstens {_LONGEST_NAME} tekens")
    return name


class _UserGroup(DutchGroup):
    command_class = WorkCommand


@click.command("user", cls=_UserGroup, short_help="Beheer wie zich mag aanmelden.")
def user() -> None:
    """Beheer wie zich mag aanmelden, en met welke rollen."""


@user.command("add", short_help="Voeg iemand toe.")
@click.argument("name", metavar="NAAM")
@click.option("--name", "full_name", default="", metavar="NAAM", callback=_drawn, help="De volledige naam.")
@click.option("--email", default="", metavar="ADRES", help="Waar berichten naartoe gaan.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ORGANISATIE/AFDELING:ROL",
    help="* is elke afdeling; mag vaker.",
)
@_stdin_option
@place_options
@click.pass_context
def add(
    ctx: click.Context, name: str, full_name: str, email: str, roles: tuple[str, ...], from_stdin: bool
) -> None:
    """Voeg iemand toe die zich mag aanmelden als NAAM."""
    name = name.strip().lower()
    if SIGN_IN_NAME.fullmatch(name) is None:
        raise OptionProblem("NAAM", f'"{name}" kan niet; gebruik kleine letters, cijfers, punt en streepje')
    if name in RESERVED:
        raise OptionProblem(
            "NAAM", f'"{name}" staat voor Gehoor zelf of voor wie geen account heeft; kies een andere'
        )
    for option, text in (("--name", full_name), ("--email", email)):
        if not text.strip():
            raise OptionProblem(option, "deze optie is nodig; zie gehoor user add --help")
    if not is_email(email):
        raise OptionProblem("--email", f'"{email}" is geen e-mailadres')
    if not roles:
        raise OptionProblem("--role", "deze optie is nodig; schrijf bijvoorbeeld organisatie/afdeling:rol")
    with opened(ctx) as runtime:
        held = checked_roles(runtime, roles)
        with reading(runtime.store) as register:
            taken = register.account(name) is not None
        if taken:
            raise _taken(name)
        account = Account(name, " ".join(full_name.split()), email, "", held)
        chosen = given_password(runtime, account) if from_stdin else ""
        by, now = Operator(OPERATOR), bootstrap.now()
        try:
            if chosen:
                new_account(runtime, hasher(), replace(account, one_time=True), chosen, by, now)
            made = "" if chosen else new_account_once(runtime, hasher(), account, by, now)
        except NameTakenError:
            raise _taken(name) from None
    click.echo(f"{name} kan zich aanmelden.")
    _tell_password(made)


@user.command("change", short_help="Wijzig naam, adres of rollen van iemand.")
@click.argument("name", metavar="NAAM")
@click.option("--full-name", metavar="NAAM", callback=_drawn, help="De nieuwe volledige naam.")
@click.option("--email", metavar="ADRES", help="Waar berichten voortaan naartoe gaan, ook die al wachten.")
@click.option(
    "--role", "more", multiple=True, metavar="ORGANISATIE/AFDELING:ROL", help="Een rol erbij; mag vaker."
)
@day_option("from", "De eerste dag waarop --role geldt.", to="first")
@day_option("until", "De laatste dag waarop --role geldt.", to="last")
@click.option(
    "--no-role", "fewer", multiple=True, metavar="ORGANISATIE/AFDELING:ROL", help="Een rol minder; mag vaker."
)
@click.option("--same-person-as", "same", metavar="ACCOUNT", help="Dit is ook een account van die persoon.")
@click.option(
    "--own-person", "own", is_flag=True, help="Dit account is toch niet van iemand met een ander account."
)
@place_options
@click.pass_context
def change(
    ctx: click.Context,
    name: str,
    full_name: str | None,
    email: str | None,
    more: tuple[str, ...],
    fewer: tuple[str, ...],
    same: str | None,
    own: bool,
    first: date | None,
    last: date | None,
) -> None:
    """Wijzig naam, adres of rollen van iemand. Het geldt meteen; wie aangemeld is, blijft aangemeld.

    Met --from en --until geldt een rol voor een tijd: vanzelf vanaf de eerste dag, en vanzelf niet meer na de laatste.

    Heeft iemand twee accounts, zeg dat dan met --same-person-as. Een dossier dat over die persoon gaat, bestaat dan
    voor geen van beide.
    """
    if full_name is not None and not full_name.strip():
        raise OptionProblem("--full-name", "een naam mag niet leeg zijn")
    if email is not None and not is_email(email):
        raise OptionProblem("--email", f'"{email}" is geen e-mailadres')
    if (first or last) and not more:
        raise OptionProblem("--from" if first else "--until", "zeg met --role welke rol dan geldt")
    if first and last and last < first:
        raise OptionProblem("--until", f"{last.isoformat()} komt voor {first.isoformat()}")
    if same is not None and own:
        raise OptionProblem("--own-person", "dit gaat niet samen met --same-person-as")
    if full_name is None and email is None and not (more or fewer or same or own):
        raise OptionProblem("NAAM", "zeg ook wat er verandert; zie gehoor user change --help")
    with opened(ctx) as runtime:
        account = account_named(runtime, name)
        other = "" if own else None if same is None else account_named(runtime, same).name
        if other == account.name:
            raise OptionProblem("--same-person-as", "noem het andere account van die persoon")
        added = checked_roles(runtime, more)
        for role in fewer:
            if role not in (*account.roles, *(one["role"] for one in account.periods)):
                raise OptionProblem("--no-role", f'{account.name} heeft de rol "{role}" niet')
        now = bootstrap.now()
        before = empty_roles(runtime, now)
        wanted = AccountChange(
            account.name,
            None if full_name is None else " ".join(full_name.split()),
            email,
            added,
            fewer,
            first,
            last,
            other,
        )
        change_account(runtime, wanted, Operator(OPERATOR), now)
        vacant = [one for one in empty_roles(runtime, now) if one not in before]
    click.echo(f"{account.name} is gewijzigd.")
    echo_vacant(vacant)


@user.command("list", short_help="Toon wie er is.")
@now_option
@place_options
@format_option
@click.pass_context
def list_users(ctx: click.Context, moment: Moment | None, output: str) -> None:
    """Toon wie zich mag aanmelden, met welke rollen.

    Onderaan staat voor welke rollen er niemand is, ook geen vervanger: wat op die rol wacht, bereikt niemand.
    """
    with opened(ctx) as runtime:
        accounts = list(account_names(runtime))
        empty = empty_roles(runtime, instant(moment))
    if output == "json":
        echo_json(
            {
                "users": [
                    {
                        "name": account.name,
                        "full_name": account.full_name,
                        "email": account.email,
                        "roles": list(account.roles),
                        "active": account.active,
                        "client": account.client,
                        "periods": [dict(one) for one in account.periods],
                        "absences": [dict(one) for one in account.absences],
                        "waiting": waiting_data(account),
                    }
                    for account in accounts
                ],
                "empty_roles": [asdict(one) for one in empty],
            }
        )
        return
    for account in accounts:
        state = "" if account.active or account.is_new else "  (afgesloten)"
        reached = "koppeling" if account.client else f"<{account.email}>"
        click.echo(f"{account.name}  {account.full_name} {reached}{state}")
        for line in (*account_lines(account), *waiting_said(account)):
            click.echo(f"  {line}")
        same = [one.name for one in accounts if one != account and _person(one) == _person(account)]
        if same:
            click.echo(f"  ook: {', '.join(same)}")
    if not accounts:
        click.echo("Er is nog niemand. Voeg iemand toe met: gehoor user add")
    elif empty:
        click.echo("Voor deze rollen is er niemand, en ook geen vervanger:")
        for one in empty:
            click.echo(f"  {role_text(one.organisation, one.department, one.role)}  {one.name}")


@user.command("password", short_help="Geef iemand een nieuw wachtwoord.")
@click.argument("name", metavar="NAAM")
@click.option(
    "--reopen", is_flag=True, help="Ook als die persoon afgesloten is: die mag zich dan weer aanmelden."
)
@_stdin_option
@place_options
@click.pass_context
def password(ctx: click.Context, name: str, reopen: bool, from_stdin: bool) -> None:
    """Geef iemand een nieuw wachtwoord, dat die persoon bij het aanmelden door een eigen vervangt. Wie aangemeld is,
    wordt afgemeld."""
    with opened(ctx) as runtime:
        account = account_named(runtime, name)
        if account.client:
            raise Failure(
                f"{account.name} is een koppeling. Een token geeft u met: gehoor user token {account.name}"
            )
        if account.is_new:
            raise Failure(
                f"{account.name} is nieuw, en wacht op bevestiging. Doe eerst: gehoor user confirm {account.name}"
            )
        if not account.active and not reopen:
            raise Failure(
                f"{account.name} is afgesloten, en blijft dat. Mag die persoon zich weer aanmelden, doe dan: "
                f"gehoor user password {account.name} --reopen"
            )
        chosen = given_password(runtime, account) if from_stdin else ""
        by, now = Operator(OPERATOR), bootstrap.now()
        if chosen:
            set_password(runtime, hasher(), account.name, chosen, by, now, one_time=True)
        made = "" if chosen else give_password_once(runtime, hasher(), account.name, by, now)
    click.echo(
        f"{account.name} heeft een nieuw wachtwoord{'' if account.active else ', en mag zich weer aanmelden'}."
    )
    _tell_password(made)


user.add_command(client)
user.add_command(token)
user.add_command(off)
user.add_command(away)
user.add_command(back)
user.add_command(log)
user.add_command(coordinator)
user.add_command(confirmed)


@user.command("totp-off", short_help="Neem de tweede stap van iemand weg.")
@click.argument("name", metavar="NAAM")
@place_options
@click.pass_context
def totp_off(ctx: click.Context, name: str) -> None:
    """Neem de tweede stap bij het aanmelden weg, voor wie zijn telefoon en herstelcodes kwijt is.

    Ga eerst na dat het die persoon zelf is die het vraagt. Wie aangemeld is, wordt afgemeld.
    """
    with opened(ctx) as runtime:
        account = account_named(runtime, name)
        if not take_away(runtime, account.name, Operator(OPERATOR), bootstrap.now()):
            raise Failure(f"{account.name} heeft geen tweede stap.")
    click.echo(f"{account.name} meldt zich voortaan aan met alleen een wachtwoord.")


def _tell_password(made: str) -> None:
    if made:
        click.echo(f"Wachtwoord, dat maar een keer dient: {made}")
    click.echo("Bij het aanmelden kiest die persoon een eigen wachtwoord.")


def _taken(name: str) -> Failure:
    return Failure(f"{name} bestaat al. Een nieuw wachtwoord geeft u met: gehoor user password {name}")


def _person(account: Account) -> str:
    return account.person or account.name
