"""The tables of a register, with what they are looked up by."""

from __future__ import annotations

from gehoor.services.ports.store import TableSchema

LIST_ORDERS = (("due_at",), ("handler", "due_at"), ("received",), ("number",), ("changed_at",))
"""How lists are sorted, within a department."""

SCHEMAS = (
    TableSchema("events", (("dossier", "sequence"),)),
    TableSchema(
        "dossiers",
        (
            ("attention_at",),
            ("code_hash",),
            ("number",),
            *(("organisation", "department", "closed", *more) for more in LIST_ORDERS),
        ),
    ),
    TableSchema("exclusions", (("account",), ("dossier",))),
    TableSchema("searches", (("account",),)),
    TableSchema("texts", (("dossier",),), words="texts"),
    TableSchema("pending", (("at",),)),
    TableSchema("counters"),
    TableSchema("submissions"),
    TableSchema("messages", (("state", "next_at"), ("dossier",))),
    TableSchema("sightings", (("key", "ago"),)),
    TableSchema("agreements"),
    TableSchema("publications", (("organisation", "department", "sequence"),)),
    TableSchema("accounts"),
    TableSchema("sessions", (("account",),)),
    TableSchema("second_steps"),
    TableSchema("tries", (("last_at",),)),
    TableSchema("settings"),
    TableSchema("attachments", (("waits_since_at",), ("waits",))),
    TableSchema("attachment_contents"),
    TableSchema("unsaved", (("until_at",),)),
    TableSchema("unsent", (("until_at",),)),
    TableSchema("visits", (("until_at",),)),
)
