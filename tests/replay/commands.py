"""The commands of a replay: what somebody did, as plain data, and the use case that it goes to.

A command is ``{"do": ..., "at": ..., ...}``: ``at`` is a UTC instant as events have it, ``by`` an account, ``id`` the
dossier that is opened. What comes of it is plain data too, also when it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.replay import use_cases as uses
from tests.replay.decisions import plain

Command = dict[str, Any]
Result = dict[str, Any]
OPERATOR = "operator:"
"""How the name of an actor begins that is no account."""
ACTIONS_SINCE = frozenset(
    {
        uses.Action.READ_ACCESS_LOG, uses.Action.BREAK_GLASS, uses.Action.APPROVE_RETENTION, uses.Action.EXPORT_PERSON,
        uses.Action.MANAGE_ACCOUNTS, uses.Action.LINK, uses.Action.MERGE, uses.Action.SEND_ON,
        uses.Action.NEW_CODE,
        uses.Action.STRIKE_NOTES,
        uses.Action.PROPOSE, uses.Action.DISCUSS, uses.Action.APPROVE, uses.Action.PUBLISH,
        uses.Action.SEE_FIGURES, uses.Action.MAKE_REPORTS, uses.Action.READ_REPORTS, uses.Action.EXPORT_DOSSIERS,
    }
)  # fmt: skip
"""Actions that there was no word for when most of this was recorded: an agreement that does not name them lets nobody
do them, and that is not told."""


@dataclass
class Post:
    """A mail server on paper: what it was given, in order."""

    down: bool = False
    sent: list[str] = field(default_factory=list)

    def forget(self, keys: Iterable[str]) -> None:
        """Nothing is kept here."""

    @contextmanager
    def connection(self) -> Iterator[Post]:
        yield self

    def send(self, message: uses.Message) -> None:
        if self.down:
            raise uses.MailError("de server antwoordt niet")
        self.sent.append(message.key)


@dataclass
class Stage:
    """What commands work with: a runtime, the agreements that can be published, and the id that is given next."""

    runtime: uses.Runtime
    agreements: Mapping[str, uses.Publishable]
    ids: list[str]


def perform(stage: Stage, command: Command) -> Result:
    """Do what a command says; returns what came of it, or why it was refused."""
    try:
        return _VERBS[command["do"]](stage, command, uses.parse_instant(command["at"]))
    except tuple(_REFUSALS) as refusal:
        return next(told(refusal) for kind, told in _REFUSALS.items() if isinstance(refusal, kind))


def _objection(one: uses.Objection) -> list[Any]:
    return [one.field, one.code, one.row, one.member, plain(one.details)]


def _unknown(error: Exception) -> Result:
    return {"unknown": type(error).__name__}


_REFUSALS: Mapping[type[Exception], Callable[[Any], Result]] = {
    uses.RefusedError: lambda refusal: {"refused": [_objection(one) for one in refusal.objections]},
    uses.EditConflictError: lambda error: {
        "conflict": [plain(error.fields), error.actor, uses.instant_text(error.at)]
    },
    uses.TextRefusedError: lambda refusal: {"text refused": refusal.code},
    uses.UnknownDossierError: _unknown,
    uses.NotAllowedError: lambda error: {"not allowed": error.action.value},
    uses.UnknownFormError: _unknown,
    uses.NothingPublishedError: _unknown,
    uses.ValidityError: lambda error: {"cannot be valid": [error.problem.value, plain(error.day)]},
    uses.VersionConflictError: lambda _: {"changed": "since it was looked at"},
}
"""What is told of each way to refuse."""


def dossiers_of(command: Command) -> list[str] | None:
    """Return the dossiers that a command is about; None when it may be about any."""
    if command["do"] in ("sweep", "deliver"):
        return None
    return command.get("dossiers") or [command[name] for name in ("id", "dossier") if name in command]


def _actor(command: Command) -> uses.Actor:
    name: str = command["by"]
    return uses.operator(name.removeprefix(OPERATOR)) if name.startswith(OPERATOR) else name


def _day(command: Command, name: str) -> date | None:
    return date.fromisoformat(command[name]) if name in command else None


def _files(command: Command) -> tuple[uses.NewFile, ...]:
    return tuple(
        uses.NewFile(one["id"], one["name"], one["kind"], one["content"].encode())
        for one in command.get("files", ())
    )


def _publish(stage: Stage, command: Command, now: datetime) -> Result:
    offered = [stage.agreements[digest] for digest in command["agreements"]]
    published = uses.publish(
        stage.runtime, offered, now, command["by"], uses.Validity(_day(command, "valid_from"))
    )
    return {"published": [[one.agreement, one.changed] for one in published]}


def _account(stage: Stage, command: Command, now: datetime) -> Result:
    name = command["account"]
    account = uses.Account(
        name, command["name"], f"{name}@voorbeeld.example", "", tuple(command["roles"]), command["active"]
    )
    with uses.writing(stage.runtime.store) as register:
        register.save_account(account)
    return {}


def _open(stage: Stage, command: Command, now: datetime) -> Result:
    stage.ids[:] = [command["id"]]
    opening = uses.Opening(
        *command["where"],
        command["answers"],
        command["key"],
        _actor(command) if "by" in command else "",
        command.get("name", ""),
        _files(command),
        uses.Proposed(*command["proposal"]) if "proposal" in command else None,
    )
    receipt = uses.open_dossier(stage.runtime, opening, now)
    return {"receipt": [receipt.dossier, receipt.number, receipt.code]}


def _break_glass(stage: Stage, command: Command, now: datetime) -> Result:
    place = (command["where"][0], command["where"][1])
    wanted = uses.Emergency(place, command["number"], command["by"], command["reason"])
    return {"version": uses.break_glass(stage.runtime, wanted, now).version}


def _fill(stage: Stage, command: Command, now: datetime) -> Result:
    filling = uses.Filling(
        command["dossier"],
        command["answers"],
        command["version"],
        _actor(command),
        command.get("key", ""),
        _files(command),
        command.get("reason", ""),
    )
    return {"version": uses.fill_in(stage.runtime, filling, now).version}


def _assigning(command: Command) -> uses.Assigning:
    return uses.Assigning(
        command.get("dossier", ""),
        command["to"],
        _actor(command),
        command.get("note", ""),
        command.get("before"),
    )


def _assign(stage: Stage, command: Command, now: datetime) -> Result:
    return {"version": uses.assign(stage.runtime, _assigning(command), now).version}


def _assign_many(stage: Stage, command: Command, now: datetime) -> Result:
    given, refused = uses.assign_many(stage.runtime, command["dossiers"], _assigning(command), now)
    not_given = [[one.number, _objection(one.objection)] for one in refused]
    return {"given": [one.id for one in given], "not given": not_given}


def _adjusts(adjust: Callable[[uses.Runtime, uses.Adjustment, datetime], uses.Dossier]) -> _Verb:
    def work(stage: Stage, command: Command, now: datetime) -> Result:
        wanted = uses.Adjustment(
            command["dossier"],
            command["term"],
            _actor(command),
            command.get("reason", ""),
            _day(command, "day"),
            _day(command, "told"),
            _day(command, "consent"),
        )
        return {"version": adjust(stage.runtime, wanted, now).version}

    return work


def _reopen(stage: Stage, command: Command, now: datetime) -> Result:
    after = uses.reopen(stage.runtime, command["dossier"], command["reason"], _actor(command), now)
    return {"version": after.version}


def _settles(settle: Callable[[uses.Runtime, uses.Settling, datetime], uses.Dossier]) -> _Verb:
    def work(stage: Stage, command: Command, now: datetime) -> Result:
        wanted = uses.Settling(
            command["dossier"], command["duty"], _actor(command), command.get("reason", "")
        )
        return {"version": settle(stage.runtime, wanted, now).version}

    return work


def _approve(stage: Stage, command: Command, now: datetime) -> Result:
    wanted = uses.Approving(command["dossier"], command["approval"], _actor(command), command.get("note", ""))
    return {"version": uses.approve(stage.runtime, wanted, now).version}


def _write_to_us(stage: Stage, command: Command, now: datetime) -> Result:
    uses.write_to_us(stage.runtime, command["dossier"], command["text"], command["key"], now)
    return {}


def _write_back(stage: Stage, command: Command, now: datetime) -> Result:
    uses.write_back(stage.runtime, command["dossier"], command["text"], command["key"], now, _actor(command))
    return {}


def _repinning(command: Command) -> uses.Repinning:
    return uses.Repinning(
        command["dossier"], command["to"], command["reason"], _actor(command), command.get("version")
    )


def _repin(stage: Stage, command: Command, now: datetime) -> Result:
    done = uses.repin(stage.runtime, _repinning(command), now)
    return {"version": done.dossier.version, "dues": plain(done.dues), "hidden": plain(done.hidden)}


def _rehearse(stage: Stage, command: Command, now: datetime) -> Result:
    would = uses.rehearse_repin(stage.runtime, _repinning(command), now)
    return {"version": would.dossier.version, "dues": plain(would.dues), "hidden": plain(would.hidden)}


def _sweep(stage: Stage, command: Command, now: datetime) -> Result:
    swept = uses.sweep(stage.runtime, now)
    return {"flags": plain(swept.missed), "reminders": swept.reminders, "failed": plain(swept.failed)}


def _deliver(stage: Stage, command: Command, now: datetime) -> Result:
    post = Post(command.get("down", False))
    counted = uses.deliver(stage.runtime, post, lambda: now)
    return {"sent and waiting": plain(counted), "post": post.sent}


def _files_wait(stage: Stage, command: Command, now: datetime) -> Result:
    return {"kept": uses.keep_waiting(stage.runtime, command["key"], _files(command), now)}


def _read_file(stage: Stage, command: Command, now: datetime) -> Result:
    content = uses.content_of(stage.runtime, command["dossier"], command["file"])
    return {"content": content and content.decode()}


def _keep_draft(stage: Stage, command: Command, now: datetime) -> Result:
    unsent = uses.Unsent(*command["where"], command["key"], command["answers"], tuple(command["passed"]))
    return {"kept": uses.keep_unsent(stage.runtime, command["token"], unsent, now)}


def _open_draft(stage: Stage, command: Command, now: datetime) -> Result:
    found = uses.open_unsent(stage.runtime, command["token"], now)
    return {"draft": found and plain(found)}


def _keep_typed(stage: Stage, command: Command, now: datetime) -> Result:
    typed = tuple((name, value) for name, value in command["typed"])
    unsaved = uses.Unsaved(command["version"], typed, now)
    uses.keep_unsaved(stage.runtime, command["dossier"], command["by"], unsaved)
    return {}


def _read_typed(stage: Stage, command: Command, now: datetime) -> Result:
    found = uses.unsaved_of(stage.runtime, command["dossier"], command["by"], now)
    return {"typed": found and plain(found)}


def _look(stage: Stage, command: Command, now: datetime) -> Result:
    seen = uses.look(stage.runtime, command["dossier"], now, command["by"])
    unsaid = {one for one in ACTIONS_SINCE if not seen.agreement.rights.get(one)}
    return {
        "values": plain(seen.dossier.values),
        "events": [plain(one.data) for one in seen.events],
        "unseen": plain(seen.rights.unseen),
        "unchangeable": plain(seen.rights.unchangeable),
        "barred": plain(seen.rights.barred - unsaid),
        "acting": plain(seen.rights.acting),
        "handler": seen.handler,
        "candidates": [one.name for one in seen.candidates],
        "deputies": plain(seen.deputies),
    }


def _follow(stage: Stage, command: Command, now: datetime) -> Result:
    uses.brought_up_to_date(stage.runtime)
    with uses.reading(stage.runtime.store) as register:
        dossier = uses.dossier_of_code(register, command["code"])
    if dossier is None:
        return {"dossier": None}
    seen = uses.follow(stage.runtime, dossier, now)
    return {
        "dossier": dossier,
        "number": seen.number,
        "received": seen.received,
        "phase": seen.current and seen.current.phase.name,
        "coming": [[state.term.public, plain(day)] for state, day in seen.coming],
        "closed": seen.closed,
        "conversation": plain(seen.conversation),
    }


_Verb = Callable[[Stage, Command, datetime], Result]
_VERBS: Mapping[str, _Verb] = {
    "publish": _publish,
    "account": _account,
    "open": _open,
    "fill": _fill,
    "assign": _assign,
    "assign many": _assign_many,
    "suspend": _adjusts(uses.suspend),
    "resume": _adjusts(uses.resume),
    "extend": _adjusts(uses.extend),
    "reopen": _reopen,
    "finish duty": _settles(uses.finish),
    "waive duty": _settles(uses.waive),
    "owe duty again": _settles(uses.owe_again),
    "approve": _approve,
    "write to us": _write_to_us,
    "write back": _write_back,
    "break glass": _break_glass,
    "repin": _repin,
    "rehearse repin": _rehearse,
    "sweep": _sweep,
    "deliver": _deliver,
    "files wait": _files_wait,
    "read file": _read_file,
    "keep draft": _keep_draft,
    "open draft": _open_draft,
    "keep typed": _keep_typed,
    "read typed": _read_typed,
    "look": _look,
    "follow": _follow,
}
