"""Click in Dutch: help pages, and what it says when a command line is wrong."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import IO, Any, Final

import click

from gehoor.core.objections.text_room import LONG, SHORT
from gehoor.core.text.steering import unsteered
from gehoor.core.text.suggestions import nearest

_HELP = "Toon deze uitleg."
_ROOM: Final = dict.fromkeys(("BESTAND", "MAP", "TEKST", "REDEN", "WAARDE"), LONG)
"""How many signs may be given where more is said than a name, by what stands there in the help."""


class Failure(click.ClickException):
    """The work did not succeed: told in Dutch on stderr, exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message as it is; click itself would say "Error"."""
        click.echo(self.message, file=file, err=file is None)


class UnexpectedFailure(Failure):
    """Something that nobody thought of: a mistake in Gehoor, or a computer that cannot go on. Exit code 70.

    Of the error its kind and the last place are told; its message may quote what somebody wrote.
    """

    exit_code = 70

    def __init__(self, error: Exception, *, debug: bool) -> None:
        *_, last = traceback.extract_tb(error.__traceback__)
        place = f"{type(error).__name__}, {PurePath(last.filename).name} regel {last.lineno}"
        more = (
            "Hierboven staat alles wat erover bekend is; er kunnen gegevens uit het register in staan."
            if debug
            else 'Doe de opdracht opnieuw met "gehoor --debug OPDRACHT" om alles te zien wat erover bekend is.'
        )
        super().__init__(
            f"Er ging iets mis waar Gehoor niet op voorzien is ({place}). Wat nog niet bevestigd was, is niet bewaard: "
            f"kijk na hoe het staat voor u de opdracht herhaalt. {more} Geef dat door aan wie Gehoor onderhoudt."
        )


class OptionProblem(click.ClickException):
    """An option that cannot be used as given: told in Dutch on stderr, exit code 2."""

    exit_code = 2

    def __init__(self, option: str, message: str) -> None:
        super().__init__(f"{option}: {message}")

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message the way Dutch does; click itself would say "Error"."""
        stop = "" if self.message.endswith(("?", ".")) else "."
        click.echo(f"Fout bij {self.message}{stop}", file=file, err=file is None)


_EMPTY = "hier staat niets; vul het in, of laat het weg"


class NeededOption(click.Option):
    """An option that must be given."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **{"required": True, **attributes})

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the line for the help page; click itself would say "required"."""
        record = super().get_help_record(ctx)
        return record and (record[0], record[1].replace("[required]", "[nodig]"))


class _Dutch(click.Command):
    """What a Dutch command and a Dutch group have in common."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        _refuse_empty(args)
        try:
            left = super().parse_args(ctx, args)
        except click.UsageError as error:
            raise _in_dutch(error, ctx) from error
        for one in self.get_params(ctx):
            if one.name in ctx.params and isinstance(one.type, click.types.StringParamType):
                ctx.params[one.name] = _as_kept(one, ctx.params[one.name])
        return left

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _in_dutch(error, ctx) from error
        except (click.Abort, KeyboardInterrupt, EOFError) as error:
            raise Failure("Afgebroken.") from error

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Gebruik: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [row for option in self.get_params(ctx) if (row := option.get_help_record(ctx)) is not None]
        with formatter.section("Opties"):
            formatter.write_dl(rows)


class DutchCommand(_Dutch):
    """A command in Dutch."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[OPTIES]", **attributes})


class DutchGroup(_Dutch, click.Group):
    """A group of commands in Dutch."""

    command_class = DutchCommand

    def __init__(self, *args: Any, **attributes: Any) -> None:
        words = {"options_metavar": "[OPTIES]", "subcommand_metavar": "OPDRACHT [...]"}
        super().__init__(*args, **{**words, **attributes})

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant; for one that does not exist, name the nearest."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            hint = did_you_mean(name, self.list_commands(ctx))
            raise OptionProblem(
                name, f"deze opdracht bestaat niet{hint or f'; zie {ctx.command_path} --help'}"
            )
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands below them."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command with one line about it."""
        rows = [(name, help_) for name, help_ in self.short_helps(ctx) if help_]
        with formatter.section("Opdrachten"):
            formatter.write_dl(rows)

    def short_helps(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Return each command with one line about it."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        return [(name, command.short_help or "") for name, command in commands if command]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a question that names the nearest known word, or nothing when none is near."""
    near = nearest(word, known)
    return f'; bedoelde u "{near[0]}"?' if near else ""


def counted(number: int, one: str, more: str) -> str:
    """Write how many there are: "1 fout", "3 fouten"."""
    return f"{number} {one if number == 1 else more}"


def _in_dutch(error: click.UsageError, ctx: click.Context) -> click.ClickException:
    help_ = f"zie {ctx.command_path} --help"
    match error:
        case click.NoSuchOption():
            return OptionProblem(error.option_name, f"deze optie bestaat niet; {help_}")
        case click.BadOptionUsage():
            return OptionProblem(error.option_name, f"deze optie is niet goed gebruikt; {help_}")
        case click.MissingParameter() if error.param is not None:
            return OptionProblem(error.param.get_error_hint(ctx).strip("'"), f"dit ontbreekt; {help_}")
        case click.exceptions.NoArgsIsHelpError():
            return error
        case _ if isinstance(ctx.command, click.Group):
            return OptionProblem("de opdracht", f"noem er een; {help_}")
        case _:
            too_much = (
                'er staat iets te veel; zet een waarde met spaties tussen aanhalingstekens: "10 werkdagen"'
            )
            return OptionProblem("de opdracht", too_much)


def _as_kept(param: click.Parameter, given: Any) -> Any:
    """Return a text, or several, that somebody gave, as it may be kept: without signs that steer a machine, and with an
    end, whichever command it is of."""
    if isinstance(given, tuple):
        return tuple(_as_kept(param, one) for one in given)
    if not isinstance(given, str):
        return given
    said = param.metavar or ""
    most = next((most for word, most in _ROOM.items() if word in said), SHORT)
    if len(given) > most:
        raise OptionProblem(
            param.opts[0] if isinstance(param, click.Option) else said.strip("[]."),
            f"{len(given)} tekens is te lang: hoogstens {most}",
        )
    return unsteered(given)


def _refuse_empty(args: Sequence[str]) -> None:
    """Refuse an option, or what a command is about, that is given with nothing in it: a script whose variable is empty
    must not get what comes of leaving it out."""
    for place, one in enumerate(args):
        option, given, value = one.partition("=")
        if one == "--":
            return
        if option.startswith("--") and given and not value.strip():
            raise OptionProblem(option, _EMPTY)
        if not one.strip():
            before = args[place - 1] if place else ""
            raise OptionProblem(before if before.startswith("-") else "de opdracht", _EMPTY)
