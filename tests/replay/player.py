"""A player of commands: it keeps what each comes to, and what it changes in the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.replay import use_cases as uses
from tests.replay.commands import Command, Stage, dossiers_of, perform
from tests.replay.decisions import difference, flat

Entry = dict[str, Any]
SECRET = "5e" * 32
"""What follow-up codes are made with, so that they are the same each time."""
_EVENT = ("dossier", "sequence", "kind", "at", "actor", "agreement", "data")
"""What is told of an event: all but its place in the chain, which is in the hash of the last."""
SUMMARY = (
    "organisation", "department", "number", "agreement", "subject", "kind", "phase", "received", "closed",
    "opened_at", "version", "terms", "due_at", "attention_at", "code_hash", "flags", "assigned", "subject_for",
    "unanswered", "handler", "excluded", "changed_at",
)  # fmt: skip
"""What lists show of a dossier, as far as earlier code kept it too."""
_TERM = ("term", "name", "due", "late_at", "remind_at", "responsible")
"""What they show of each term that runs."""


def new_stage(store: uses.Store, agreements: Mapping[str, uses.Publishable]) -> Stage:
    """Return what commands work with: a register with nothing in it, and the rule engine that is used in earnest."""
    ids: list[str] = []
    runtime = uses.Runtime(
        store=store,
        engine=uses.DurableRuleEngine(),
        library=uses.Library(),
        link=lambda dossier: f"https://gehoor.example/medewerker/dossiers/{dossier}",
        new_id=lambda: ids[0],
        inspector=uses.SniffingInspector(),
        sealer=uses.AesSealer(),
        home="https://gehoor.example",
    )
    with uses.writing(store) as register:
        register.save_setting("follow-up-key", SECRET)
    return Stage(runtime, agreements, ids)


@dataclass
class Player:
    """Plays commands one by one. What was seen of each dossier is kept, so that only what changed is told."""

    stage: Stage
    dossiers: dict[str, uses.Dossier] = field(default_factory=dict)
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    decisions: dict[str, dict[str, Any]] = field(default_factory=dict)

    def look_around(self) -> None:
        """See what is in the register already, as if it was played."""
        with uses.reading(self.stage.runtime.store) as register:
            self._fold(register, _all_of(register, "events", None))
            list(self._told(_all_of(register, "messages", None)))

    def play(self, command: Command) -> Entry:
        """Do what a command says. Returns it with its result, the events and messages that it made, what it changed
        in what was decided, and the hash of the last event of each dossier where something happened."""
        entry: Entry = {"command": command, "result": perform(self.stage, command)}
        now, concerned = uses.parse_instant(command["at"]), dossiers_of(command)
        with uses.reading(self.stage.runtime.store) as register:
            new = sorted(self._new_events(register, concerned), key=_place)
            self._fold(register, new)
            # Nothing happened to a dossier that the command was not about.
            assert register.tables.count("events") == sum(one.version for one in self.dossiers.values())
            entry["events"] = [[one[name] for name in _EVENT] for one in new]
            entry["heads"] = {one["dossier"]: self.dossiers[one["dossier"]].head for one in new}
            entry["messages"] = list(self._told(_all_of(register, "messages", concerned)))
            entry["decided"] = {}
            # Sending what waits decides nothing.
            for one in self.dossiers if concerned is None and command["do"] != "deliver" else concerned or ():
                if one in self.dossiers and (changed := self._decided(register, self.dossiers[one], now)):
                    entry["decided"][one] = changed
        return {name: value for name, value in entry.items() if value or name in ("command", "result")}

    def _new_events(self, register: uses.Register, concerned: list[str] | None) -> Iterator[dict[str, Any]]:
        for event in _all_of(register, "events", concerned):
            known = self.dossiers.get(event["dossier"])
            if known is None or event["sequence"] > known.version:
                yield event

    def _fold(self, register: uses.Register, new: Iterable[dict[str, Any]]) -> None:
        for one in dict.fromkeys(event["dossier"] for event in new):
            events = register.events(one)
            uses.verify(events)
            self.dossiers[one] = uses.fold(events)

    def _told(self, messages: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for message in sorted(map(without_nothing, messages), key=lambda one: str(one["key"])):
            key = message["key"]
            if changed := difference(self.messages.get(key, {}), message):
                yield {"key": key, **changed}
            self.messages[key] = message

    def _decided(self, register: uses.Register, dossier: uses.Dossier, now: datetime) -> dict[str, Any]:
        agreement = self.stage.runtime.library.agreement(register, dossier.agreement)
        decision = flat(uses.decide(agreement, dossier, now, self.stage.runtime.engine))
        changed = difference(self.decisions.get(dossier.id, {}), decision)
        self.decisions[dossier.id] = decision
        return changed

    def summaries(self) -> dict[str, dict[str, Any]]:
        """Return how lists show each dossier."""
        uses.brought_up_to_date(self.stage.runtime)
        with uses.reading(self.stage.runtime.store) as register:
            return {one: shown_in_lists(register, one) for one in self.dossiers}


def _all_of(register: uses.Register, table: str, concerned: list[str] | None) -> list[dict[str, Any]]:
    """Return what a table holds of some dossiers, or of all."""
    if concerned is None:
        return list(register.tables.select(table))
    return [
        one
        for dossier in dict.fromkeys(concerned)
        for one in register.tables.select(table, where={"dossier": dossier})
    ]


def _place(event: dict[str, Any]) -> tuple[str, int]:
    return event["dossier"], event["sequence"]


def shown_in_lists(register: uses.Register, dossier: str) -> dict[str, Any]:
    """Return how lists show a dossier, as far as earlier code kept that too."""
    summary = register.summary(dossier)
    assert summary is not None
    shown = without_nothing(uses.to_document(summary))
    terms = [{name: term[name] for name in _TERM if term.get(name)} for term in shown["terms"]]
    return {**{name: shown[name] for name in SUMMARY if name in shown}, "terms": terms}


def without_nothing(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document without members that are null: earlier code wrote those down, and they mean the same."""
    return {name: value for name, value in document.items() if value is not None}
