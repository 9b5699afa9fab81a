"""Finding documents by their words: SQLite's full-text index, kept by triggers in the same transaction as a save."""
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Collection, Sequence

from gehoor.core.text.normalise import plain_words

#: The columns that the index has of itself.
WORD_COLUMNS = ("text", "rank")
#: No table has a name with a colon, so these are never taken for one.
_PREFIX = "words:"
_TRIGGERS = "words-of:"


def words_table(table: str) -> str:
    """Return the name of the index on the words of a table."""
    return f"{_PREFIX}{table}"


def triggers_of(table: str) -> list[str]:
    """Return the names of the triggers that keep the index on the words of a table."""
    return [f"{_TRIGGERS}{table}:{event}" for event in ("insert", "update", "delete")]


def is_own(name: str) -> bool:
    """Say whether a name is one of a full-text index, or of a table that belongs to it."""
    return name.startswith((_PREFIX, _TRIGGERS))


def match_text(words: Sequence[str]) -> str:
    """Return the search for texts in which each word begins one; empty when there is nothing to search for.

    Words are letters and digits between quotes, so that nothing a person types is ever an operator.
    """
    phrases = (" ".join(parts) for word in words if (parts := plain_words(word)))
    return " ".join(f'"{phrase}" *' for phrase in phrases)


def word_statements(table: str, member_path: str, present: Collection[str]) -> list[str]:
    """Return the SQL that makes what is missing of the index on the words of a table (its name is fit for SQL), filled,
    and of the triggers that keep it."""
    index = words_table(table)
    new, old = _text("new", member_path), _text("old", member_path)
    add = f'INSERT INTO "{index}" (rowid, text) VALUES (new.doc_id, {new})'
    take = f'INSERT INTO "{index}" ("{index}", rowid, text) VALUES (\'delete\', old.doc_id, {old})'
    done = {"insert": add, "update": f"{take}; {add}", "delete": take}
    make = index_statement(table)
    fill = f'INSERT INTO "{index}" (rowid, text) {texts_statement(table, member_path)}'
    triggers = [
        f'CREATE TRIGGER "{name}" AFTER {event.upper()} ON "{table}" BEGIN {sql}; END'
        for event, sql in done.items()
        if (name := f"{_TRIGGERS}{table}:{event}") not in present
    ]
    return triggers if index in present else [make, *triggers, fill]


def index_statement(table: str) -> str:
    """Return the SQL that makes the index on the words of a table, empty."""
    return (
        f"CREATE VIRTUAL TABLE \"{words_table(table)}\" USING fts5(text, content = '', prefix = '2 3', "
        "tokenize = 'unicode61 remove_diacritics 2')"
    )


def texts_statement(table: str, member_path: str) -> str:
    """Return the SQL that reads the number of each document of a table, and the text that its words are of."""
    return f'SELECT doc_id, {_text("rows", member_path)} FROM "{table}" rows'


def _text(row: str, member_path: str) -> str:
    # A text is one part, a list has as many as there are texts in it; anything else has no words.
    return (
        f"(SELECT coalesce(group_concat(atom, char(10)), '') FROM json_each({row}.body, '{member_path}') "
        "WHERE type = 'text')"
    )
