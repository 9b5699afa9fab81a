"""What lies otherwise in a database than we made it, and words that are not those of their documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gehoor.adapters.stores.postgres.layout import WORDS, PostgresLayout, lexemes
from gehoor.adapters.stores.postgres.preparing import present_in
from gehoor.adapters.stores.postgres.row_security import policy_name
from gehoor.adapters.stores.postgres.session import Session
from gehoor.adapters.stores.postgres.table_making import differing, index_names, layout_of
from gehoor.adapters.stores.sql.packing import unpack
from gehoor.services.ports.store import TableSchema

_NOT_OURS = (
    "SELECT 'trigger', tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal "
    "UNION ALL SELECT 'rule', rulename FROM pg_rules WHERE schemaname = current_schema() ORDER BY 1, 2"
)
"""What can change or keep back what is written."""
_UNFIT = (
    "SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
    "WHERE relnamespace = current_schema()::regnamespace AND NOT (indisvalid AND indisready) ORDER BY 1"
)
_CHECKED = (
    "SELECT count(bt_index_check(pg_class.oid)) FROM pg_index "
    "JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam AND amname = 'btree' "
    "WHERE relnamespace = current_schema()::regnamespace"
)
_CAN_CHECK = (
    "SELECT 1 FROM pg_proc WHERE proname = 'bt_index_check' "
    "AND has_function_privilege(pg_proc.oid, 'execute') LIMIT 1"
)


def structure(session: Session, schemas: Mapping[str, TableSchema]) -> list[str]:
    """Return what is wrong with tables and indexes, a line each: missing, of another form, or with a trigger or rule of
    somebody else. Where the extension amcheck is there, each index is gone through."""
    present = present_in(session.connection)
    found = [f"table {name}: missing" for name in schemas if name not in present.tables]
    for schema in schemas.values():
        found += [f"table {schema.name}: column {name}" for name in differing(schema, present)]
        found += [f"index {name}: missing" for name in sorted(index_names(schema) - present.indexes)]
    for schema in schemas.values():
        made, there = policy_name(schema), present.policies.get(schema.name, frozenset())
        found += (
            [f"table {schema.name}: not kept apart by organisation"] if made and made not in there else []
        )
        found += [f"policy {name}: not made by Gehoor" for name in sorted(there - {made})]
    found += [f"index {name}: not whole" for (name,) in session.all_rows(_UNFIT)]
    found += [f"{kind} {name}: not made by Gehoor" for kind, name in session.all_rows(_NOT_OURS)]
    if session.all_rows(_CAN_CHECK):
        session.all_rows(_CHECKED)
    return found


def lost_words(session: Session, schemas: Mapping[str, TableSchema]) -> list[str]:
    """Return the tables in which a document has other words than it says."""
    layouts = [layout_of(schema) for schema in schemas.values() if schema.words]
    return [layout.name for layout in layouts if not all(_as_made_anew(session, layout))]


def _as_made_anew(session: Session, layout: PostgresLayout) -> Iterator[bool]:
    words = f'CASE WHEN "{WORDS}" IS NOT NULL THEN tsvector_to_array("{WORDS}") END'
    for _number, found, *row in session.rows(layout, f"{words}, {layout.row}"):
        try:
            document = unpack(layout, row)[1]
        except ValueError:
            continue
        wanted = lexemes(document.get(layout.words))
        yield (found is None) == (wanted is None) and set(found or ()) == {
            word[1:-1] for word in (wanted or "").split()
        }
