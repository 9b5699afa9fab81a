"""The tables of a register, with their columns and what they are looked up by."""

from __future__ import annotations

from typing import Final

from gehoor.services.ports.belonging import Owner
from gehoor.services.ports.store import Column, ColumnKind, Index, TableSchema

LIST_ORDERS: Final = ("due_at", "received", "number", "changed_at")
"""What lists are sorted by, within a department."""
LIST_FACTS: Final = (
    "kind", "phase", "handler", "beside", "flags", "severity", "danger", "due_at", "received", "clearance",
    "responsible",
)  # fmt: skip
"""What lists are narrowed by: kept with every order, so that no dossier is opened to look."""
LEFT_OUT: Final = "left_out"
"""The table of what a copy did without as it was damaged: see ``left_out.py``."""
_PLACE: Final = ("organisation", "department", "closed")


_DOSSIER: Final = (("events", "dossier"), ("dossiers", ""), ("retention", ""))
_BY_KEY: Final = Owner(through=_DOSSIER)
_BY_DOSSIER: Final = Owner(by="dossier", through=_DOSSIER)
_ITSELF: Final = Owner(says=("organisation",))
_OF_ACCOUNT: Final = "an account works in as many organisations as it has roles in"
_OF_AGREEMENTS: Final = "what was agreed is read for all at once, and is kept once by its content"


def _text(name: str) -> Column:
    return Column(name, required=True)


def _instant(name: str) -> Column:
    return Column(name, ColumnKind.INSTANT, required=True)


def _number(name: str) -> Column:
    return Column(name, ColumnKind.INTEGER, required=True)


def _hash(name: str) -> Column:
    return Column(name, ColumnKind.HASH, required=True)


def _yes_or_no(name: str) -> Column:
    return Column(name, ColumnKind.BOOLEAN, required=True)


def _list_index(*members: str, only: str = "") -> Index:
    return Index((*_PLACE, *members), tuple(one for one in LIST_FACTS if one not in members), only)


DOSSIERS: Final = TableSchema(
    "dossiers",
    (
        Index(("attention_at",), only="attention_at"),
        Index(("code_hash",), only="code_hash", ties=False),
        ("number",),
        *(_list_index(order) for order in LIST_ORDERS),
        _list_index("handler", "due_at"),
        # The tabs are counted with every page, and so is what a list is narrowed to: the fewer bytes, the sooner.
        Index((*_PLACE, "handler"), ("kind", "phase", "severity", "danger", "clearance"), ties=False),
        _list_index("due_at", only="flags"),
        _list_index("due_at", only="beside"),
        # Of what came in since a day, the themes are counted: closed or not.
        Index(
            ("organisation", "department", "received"),
            ("themes", "clearance", "agreement"),
            "themes",
            ties=False,
        ),
    ),
    columns=(
        *map(_text, ("organisation", "department", "number", "kind", "phase", "received")),
        *map(_yes_or_no, ("closed", "danger")),
        _instant("opened_at"),
        *map(_text, ("handler", "severity", "judgement", "clearance", "responsible")),
        Column("due_at", ColumnKind.INSTANT),
        Column("attention_at", ColumnKind.INSTANT),
        Column("changed_at", ColumnKind.INSTANT),
        Column("closed_at"),
        Column("code_hash", ColumnKind.HASH),
        Column("flags", ColumnKind.TEXTS, required=True),
        Column("beside", ColumnKind.TEXTS),
        Column("channels", ColumnKind.TEXTS, required=True),
        Column("themes", ColumnKind.TEXTS),
        *map(_number, ("terms_kept", "terms_missed", "version")),
        _hash("agreement"),
        Column("head", ColumnKind.HASH),
    ),
    key="id",
    owner=_ITSELF,
)

SCHEMAS = (
    TableSchema(
        "events",
        (Index(("dossier", "sequence"), ties=False),),
        columns=(
            _text("dossier"),
            _number("sequence"),
            _text("kind"),
            _instant("at"),
            _text("actor"),
            *map(_hash, ("agreement", "previous", "hash")),
        ),
        owner=Owner(("data", "organisation"), by="dossier", through=_DOSSIER),
    ),
    DOSSIERS,
    TableSchema(
        "exclusions",
        (("account",), ("dossier",)),
        columns=(_text("account"), _text("dossier")),
        narrow=True,
        owner=_BY_DOSSIER,
    ),
    TableSchema(
        "tasks",
        (("account",), Index(("dossier",), ties=False)),
        columns=(*map(_text, ("account", "dossier", "task", "row")), _yes_or_no("waits")),
        narrow=True,
        owner=_BY_DOSSIER,
    ),
    TableSchema("confidential", columns=(_text("clearance"),), key="dossier", narrow=True, owner=_BY_KEY),
    TableSchema(
        "clearances",
        (("organisation", "department"),),
        columns=tuple(map(_text, ("organisation", "department"))),
        owner=_ITSELF,
    ),
    TableSchema(
        "searches",
        (("account",),),
        columns=tuple(map(_text, ("account", "name", "query"))),
        key="id",
        shared=_OF_ACCOUNT,
    ),
    TableSchema(
        "texts",
        (Index(("dossier",), ties=False),),
        words="texts",
        columns=tuple(map(_text, ("dossier", "organisation", "department", "audience"))),
        owner=_ITSELF,
    ),
    TableSchema(
        "pending",
        columns=(_number("version"), _instant("saved_at"), _hash("code_hash")),
        key="dossier",
        narrow=True,
        owner=_BY_KEY,
    ),
    TableSchema("recounts", columns=(_instant("noted_at"),), key="dossier", narrow=True, owner=_BY_KEY),
    TableSchema(
        "ledger",
        columns=(_text("entries"), _hash("hash")),
        key="place",
        narrow=True,
        replaces=("anchors", "access_anchors", "account_anchors"),
        shared="one chain through all that is written, so that nothing of anybody is gone unseen",
    ),
    TableSchema(
        "salts",
        columns=(_hash("salt"),),
        key="dossier",
        narrow=True,
        owner=Owner(through=_DOSSIER, or_all=True),
    ),
    TableSchema(
        "access_log",
        (Index(("dossier", "sequence"), ties=False),),
        columns=(
            _text("dossier"),
            _number("sequence"),
            _instant("at"),
            *map(_text, ("reader", "way", "hour")),
            *map(_hash, ("previous", "hash")),
        ),
        owner=_BY_DOSSIER,
    ),
    TableSchema(
        "account_log",
        (Index(("account", "sequence"), ties=False),),
        columns=(_text("account"), _number("sequence"), _instant("at")),
        shared=_OF_ACCOUNT,
    ),
    TableSchema("counters", columns=(_number("last"),), key="series", narrow=True, owner=Owner(in_key=True)),
    TableSchema("submissions", columns=(_text("dossier"),), narrow=True, owner=_BY_DOSSIER),
    TableSchema(
        "messages",
        (
            Index(("state", "next_at"), only="next_at"),
            ("dossier",),
            Index(("state", "created_at"), ties=False),
        ),
        columns=(
            _text("dossier"),
            _text("state"),
            Column("next_at", ColumnKind.INSTANT),
            _instant("created_at"),
        ),
        key="key",
        owner=Owner(("organisation",), by="dossier", through=_DOSSIER),
    ),
    TableSchema(
        "match_keys",
        columns=(_hash("key"), _number("ago"), _text("kind")),
        key="id",
        narrow=True,
        clustered=("key", "ago"),
        formerly="sightings",
        owner=_BY_KEY,
    ),
    TableSchema(
        "retention",
        (("state", "until"),),
        columns=tuple(map(_text, ("organisation", "department", "state", "until"))),
        key="dossier",
        owner=_ITSELF,
    ),
    TableSchema("agreements", shared=_OF_AGREEMENTS),
    TableSchema(
        "publications",
        (("organisation", "department", "sequence"),),
        columns=(_text("organisation"), _text("department"), _number("sequence")),
        shared=_OF_AGREEMENTS,
    ),
    TableSchema("sources", shared=_OF_AGREEMENTS),
    TableSchema("source_trees", shared=_OF_AGREEMENTS),
    TableSchema(
        "proposals",
        (("organisation", "state"),),
        columns=tuple(map(_text, ("organisation", "state"))),
        key="id",
        owner=_ITSELF,
    ),
    TableSchema(
        "proposal_log",
        (Index(("proposal", "sequence"), ties=False),),
        columns=(_text("proposal"), _number("sequence"), _instant("at")),
        owner=Owner(
            ("data", "organisation"), by="proposal", through=(("proposals", ""), ("proposal_log", "proposal"))
        ),
    ),
    TableSchema("accounts", key="name", shared=_OF_ACCOUNT),
    TableSchema(
        "sessions",
        (("account",),),
        columns=(_text("account"), _instant("created_at")),
        key="token_hash",
        shared=_OF_ACCOUNT,
    ),
    TableSchema("second_steps", key="account", shared=_OF_ACCOUNT),
    TableSchema(
        "tries",
        (("last_at",),),
        columns=(_instant("last_at"),),
        key="key",
        shared="who tries to get in says nothing of where",
    ),
    TableSchema("settings", shared="they are of whoever runs the server"),
    TableSchema(
        "attachments",
        (
            Index(("waits_since_at",), only="waits_since_at"),
            Index(("share", "waits_since_at"), also=("room",), only="share", ties=False),
            Index(("form",), only="form", ties=False),
        ),
        columns=(
            Column("waits_since_at", ColumnKind.INSTANT),
            _yes_or_no("waits"),
            Column("form", ColumnKind.HASH),
            Column("share"),
            Column("room", ColumnKind.INTEGER),
        ),
        owner=Owner(by="dossier", through=_DOSSIER, waits=True),
    ),
    TableSchema("attachment_contents", owner=Owner(through=(("attachments", ""),), waits=True)),
    TableSchema("unsaved", (("until_at",),), columns=(_instant("until_at"),), key="id", owner=_BY_DOSSIER),
    TableSchema(
        "unsent",
        (("until_at",), Index(("share", "until_at"), also=("room",), only="share", ties=False)),
        columns=(_instant("until_at"), Column("share"), Column("room", ColumnKind.INTEGER)),
        key="id",
        shared="what somebody outside types is sealed, and says to nobody here for whom it is",
    ),
    TableSchema(
        "visits",
        (("until_at",),),
        columns=(_text("dossier"), _instant("until_at")),
        key="id",
        narrow=True,
        shared="who has a code is known by a token, before anybody knows of which dossier",
    ),
    TableSchema(
        "reports",
        (("organisation", "report", "year"),),
        columns=(*map(_text, ("organisation", "report", "state")), _number("year")),
        key="id",
        owner=_ITSELF,
    ),
    TableSchema(LEFT_OUT, shared="it only says what reads as damaged, in whatever table"),
    TableSchema(
        "repeats",
        (("until_at",), ("dossier",)),
        columns=(*map(_text, ("organisation", "dossier")), _hash("digest"), _instant("until_at")),
        key="id",
        narrow=True,
        owner=_ITSELF,
    ),
)
