"""What the register keeps beside events: summaries for lists, messages to send, publications, accounts, sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class OpenTerm:
    """A term of a dossier that still runs, as a list shows it. Instants are UTC texts; ``due`` is as agreed."""

    term: str
    name: str
    due: str
    late_at: str
    remind_at: str
    responsible: str
    occurrence: int | str = 1
    ahead: tuple[int, ...] = ()
    """What it still calls for: see ``coming_actions``."""
    row: int = 0
    """Of a term that runs for each row: the number of the row."""
    named: tuple[str, ...] = ()
    """The accounts of who has the task that is to be done by its day."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A dossier as lists show it: what holds of it, by what its fields mean, kept with every save.

    Empty is what no field says. ``attention_at`` is absent when nothing will happen.
    """

    id: str
    organisation: str
    department: str
    number: str
    agreement: str
    subject: str
    kind: str
    phase: str
    received: str
    closed: bool
    opened_at: str
    version: int
    terms: tuple[Mapping[str, Any], ...] = ()
    due_at: str | None = None
    attention_at: str | None = None
    code_hash: str | None = None
    flags: tuple[str, ...] = ()
    assigned: str = ""
    """The role that handles it, when a rule says so."""
    subject_for: tuple[str, ...] = ()
    """The roles that see the field where the subject comes from, as they act here; none: everyone who works there."""
    unanswered: bool = False  # Whether someone outside wrote and nobody wrote back.
    handler: str = ""
    """The account that handles it, if anyone does: of several the first."""
    beside: tuple[str, ...] = ()  # The accounts that handle it too.
    excluded: tuple[str, ...] = ()
    """The accounts for which it does not exist: see ``conflict_of_interest``."""
    clearance: str = ""
    """The key of what somebody needs for it to exist for them; empty: working in its department is enough."""
    changed_at: str = ""
    """The instant at which something last happened to it."""
    danger: bool = False
    """Whether somebody said that there is danger: such a dossier comes first wherever it is listed."""
    severity: str = ""
    judgement: str = ""
    channels: tuple[str, ...] = ()
    """The ways along which it came in."""
    closed_at: str | None = None
    """The day or instant on which it was closed, as it was answered."""
    called: tuple[str, ...] = ()
    """The kinds of message that it was called before, the first first."""
    terms_kept: int = 0
    terms_missed: int = 0
    """How many terms were kept, and how many were not: those that are late now are among these."""
    responsible: str = ""
    """The role that the term that is due first is of."""
    head: str | None = None
    """The hash of the last event, where what the terms call for next is known beforehand; else it has to be decided."""
    figures: Mapping[str, Any] = field(default_factory=dict)  # see core/figures/facts.py
    themes: tuple[str, ...] = ()  # see core/figures/themes.py


@dataclass(frozen=True, slots=True)
class Pending:
    """That a dossier was saved, and its summary and words are still to be worked out. ``saved_at`` is the instant
    (UTC text) of the save, ``version`` the dossier after it; ``code_hash`` is there when it was opened with a code."""

    dossier: str
    version: int
    saved_at: str
    code_hash: str = ""


@dataclass(frozen=True, slots=True)
class MatchKey:
    """That a dossier has something by which others are found: ``id`` is the dossier, a slash and what that is, ``key``
    a hash, ``ago`` the ordinal of the local day of receipt below zero, so that the latest comes first."""

    id: str
    key: str
    dossier: str
    kind: str
    ago: int


NO_ROLE: Final = "niemand heeft deze rol"
"""Why a message has nobody to go to, where nobody has its role, or an address."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message to send. ``key`` says what it is about, so that it is queued once, and gives it its Message-ID.

    ``state``: it is ``waiting``, was ``sent``, has ``nobody`` to go to any more (``error`` says why), or nobody waits
    for it any more (``moot``). ``next_at``: the instant (UTC text) from which it may be tried; while ``claimed_by`` a
    sender, until which nobody else does.
    """

    key: str
    dossier: str
    organisation: str
    department: str
    role: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    created_at: str
    state: str = "waiting"
    attempts: int = 0
    next_at: str | None = None
    error: str = ""
    claimed_by: str | None = None
    people: tuple[str, ...] = ()
    """The accounts that it is for, by sign-in name: an address can be of several. None: it is from before this was
    kept, or for somebody outside."""
    is_outside: bool = False
    """Whether it is for somebody outside: for that address, whatever accounts have."""
    code_of: str | None = None
    """What the follow-up code is made for that takes the place of its spot in the text when it goes out; else None."""
    task: str | None = None
    """The task that it is about, of a message for who has it; ``hook``: whose event it is, of one for a program."""
    hook: str | None = None

    @property
    def lacks_people(self) -> bool:
        """Whether it does not go because nobody has its role, or an address."""
        return self.state == "nobody" and self.error in ("", NO_ROLE)


@dataclass(frozen=True, slots=True)
class RetentionRecord:
    """Until when a closed dossier is kept, and what was decided about it. Nothing here is about the people in it, so
    that it stays as the proof of what was anonymised.

    ``until``: the last local day on which it is kept, empty where nothing says so; ``version`` and ``agreement``: the
    dossier, and the rules, that this was worked out from. ``state``: it is ``kept``, ``held`` back with a ``reason``,
    ``approved`` to be anonymised, or that is ``done``. ``by`` is the account that held or approved, in the roles
    ``roles`` (their names), at the instant ``at``.
    """

    dossier: str
    organisation: str
    department: str
    number: str
    kind: str
    received: str
    closed_at: str
    version: int
    agreement: str
    until: str = ""
    rule: str = ""
    name: str = ""
    selection_rule: str = ""
    blocked: bool = False
    """An answer in the dossier keeps it for now."""
    state: str = "kept"
    by: str = ""
    roles: str = ""
    at: str = ""
    reason: str = ""
    done_at: str = ""
    head: str = ""
    """The hash of the last event, once it is done: that the dossier is what was left of it."""
    came_in: str = ""
    """The instant (UTC, text) of a message from outside after the closing, that nobody answered."""
    goes_on: bool = False
    """It was merged into a dossier that is open: whoever told it may still have to hear something."""
    related: bool = False
    """Another dossier tells something of it, with a reason, until that is anonymised itself."""


@dataclass(frozen=True, slots=True)
class Publication:
    """That an agreement was published for a department: when (UTC), and who agreed.

    Days are local dates as text, in ``time_zone``. Without ``valid_from`` it is valid from the day of publishing;
    without ``review_before`` the agreement itself says when it has to be reviewed, or nobody did.
    """

    organisation: str
    department: str
    agreement: str
    published_at: str
    sequence: int
    by: str = ""
    valid_from: str = ""
    review_before: str = ""
    time_zone: str = ""
    ended: bool = False
    """From that day on the department takes in nothing new; ``agreement`` is the last that it had."""
    sources: str = ""
    """The digest of the tree of files that it was made from; empty: from before those were kept."""


@dataclass(frozen=True, slots=True)
class ProposalSummary:
    """A proposal as lists show it. ``state``: see ``State`` of the proposals; ``version``: how much happened to it."""

    id: str
    organisation: str
    title: str
    state: str
    begun_by: str
    begun_at: str
    changed_at: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who may sign in, or a program (``client``) with a token. ``roles`` are ``organisation/department:role``
    (``*``: every department), ``periods`` those for a while (see ``RolePeriod``); ``absences``: see ``Absence``.
    ``person``: where somebody has more than one account, the name of one of them; ``alongside``: of all of them."""

    name: str
    full_name: str
    email: str
    password_hash: str
    roles: tuple[str, ...] = ()
    active: bool = True
    person: str = ""
    periods: tuple[Mapping[str, str], ...] = ()
    absences: tuple[Mapping[str, str], ...] = ()
    one_time: bool = False
    """Its password was made for it, and is to be changed by who has it."""
    password_by: str = ""
    """The account of who made it, or the last password made for it; empty: whoever runs the server, or of before."""
    waiting: tuple[Mapping[str, str], ...] = ()
    """What it was given and does not count until somebody else confirms it: see ``confirmation`` of the accounts."""
    vacancies: tuple[Mapping[str, str], ...] = ()
    """The roles that somebody took from it, and that did not come back: the members of ``Vacancy``."""
    coordinates: tuple[str, ...] = ()
    """The organisations whose agreements it may make, though those name nobody; ``*``: all. By who runs the server."""
    second_step: bool = False
    """Its second step was confirmed: where that is not kept any more, nobody signs in without it."""
    alongside: tuple[str, ...] = ()
    client: bool = False
    back_by: str = ""  # The account of who else said that its owner is back, while nobody signed in since.

    @property
    def is_new(self) -> bool:
        """Say whether one person alone added it, so that nobody signs in with it yet."""
        return any(one["what"] == "account" for one in self.waiting)

    @property
    def all_roles(self) -> tuple[str, ...]:
        """Return its roles, also those for a while, now or later or before, and those that wait to be confirmed."""
        asked = (one["role"] for one in self.waiting if "role" in one)
        return tuple(dict.fromkeys((*self.roles, *(one["role"] for one in self.periods), *asked)))

    @property
    def held_roles(self) -> tuple[str, ...]:
        """Return the same without those that wait."""
        return (*self.roles, *(one["role"] for one in self.periods))


@dataclass(frozen=True, slots=True)
class SignIn:
    """A signed-in session on the server; what the browser holds is only the token, kept here as a hash."""

    token_hash: str
    account: str
    created_at: str
    last_seen_at: str
    waits_for_code: bool = False
    """The password was right; nothing may be seen before the second step."""

    @property
    def id(self) -> str:
        """Return what it is called on the page of its owner: enough to tell it apart, too little to use it."""
        return self.token_hash[:16]


@dataclass(frozen=True, slots=True)
class SecondStep:
    """The second step with which someone signs in: codes that an app on their phone gives."""

    account: str
    secret: str
    """Sealed: who has only the register cannot make codes with it."""
    since_at: str
    confirmed: bool = False
    last_step: int = 0
    """The time step of the last code that was used: it and earlier ones are used up."""
    recovery: tuple[str, ...] = ()
    """Digests of the recovery codes that are left."""


@dataclass(frozen=True, slots=True)
class Tries:
    """How often something was tried in vain. ``key`` is a hash of what: nobody can read here what was typed."""

    key: str
    count: int
    last_at: str
    wait_until_at: str


@cache
def _members(kind: type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind))


def to_document(record: DataclassInstance) -> dict[str, Any]:
    """Return a record as a plain document: without what is absent. Its members are plain already; tuples become
    lists."""
    document: dict[str, Any] = {}
    for name in _members(type(record)):
        value = getattr(record, name)
        if value is not None:
            document[name] = list(value) if isinstance(value, tuple) else value
    return document


def from_document(kind: type[Record], document: Mapping[str, Any]) -> Record:
    """Return the record that a document holds. Members it does not know are left out."""
    found = ((name, document[name]) for name in _members(kind) if name in document)
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in found})
