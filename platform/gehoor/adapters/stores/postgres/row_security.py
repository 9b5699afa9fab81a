"""What holds a transaction to its organisations: a policy on each table that has an owner, by a setting that is gone
with the transaction. Without the setting nothing is seen, and nothing can be written."""

from __future__ import annotations

import hashlib
from typing import Final

from gehoor.services.ports.belonging import WAITING, Within
from gehoor.services.ports.store import TableSchema

PLACE: Final = "organisation"
"""The column that says of which organisation a row is."""
POLICY: Final = f"of_{PLACE}_"
"""With this the name of a policy begins that we made."""
SETTING: Final = "gehoor.within"
_EVERYWHERE: Final = "*"
_BETWEEN: Final = "/"
_UNFIT: Final = ("\\", "\0", _BETWEEN, _EVERYWHERE)
# Asked once for a whole statement, and not for each row; what nearly every request comes to, first.
_SAID: Final = f"(SELECT current_setting('{SETTING}', true))"
_LISTED: Final = f"(SELECT string_to_array(current_setting('{SETTING}', true), '{_BETWEEN}'))"
_THEIRS: Final = f'"{PLACE}" = {_SAID} OR {_SAID} = \'{_EVERYWHERE}\' OR "{PLACE}" = ANY ({_LISTED}::text[])'
_THEIRS_OR_WAITING: Final = f"{_SAID} <> '' AND (\"{PLACE}\" = '{WAITING}' OR {_THEIRS})"


def setting_statement(within: Within) -> str:
    """Return the SQL that says, until the end of a transaction, within which organisations it works. Raises
    ``ValueError`` for what cannot be the name of one."""
    for one in within.organisations:
        if not one or any(sign in one for sign in _UNFIT):
            raise ValueError(f"no organisation is called {one!r}")
    said = _EVERYWHERE if within.everywhere else _BETWEEN.join(sorted(within.organisations))
    quoted = said.replace("'", "''")
    return f"SET LOCAL {SETTING} = '{quoted}'"


def policy_name(schema: TableSchema) -> str:
    """Return the name of the policy of a table: it says what it is made of in short. Empty where it has none."""
    return f"{POLICY}{hashlib.sha256(_policy(schema).encode()).hexdigest()[:12]}" if schema.owner else ""


def policy_statements(schema: TableSchema) -> list[str]:
    """Return the SQL that has a table hold each transaction to its organisations, whoever it is of."""
    return [
        f'DROP POLICY IF EXISTS "{policy_name(schema)}" ON "{schema.name}"',
        f'ALTER TABLE "{schema.name}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{schema.name}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY "{policy_name(schema)}" ON "{schema.name}" USING ({_policy(schema)})',
    ]


def _policy(schema: TableSchema) -> str:
    return _THEIRS_OR_WAITING if schema.owner and schema.owner.is_open else _THEIRS
