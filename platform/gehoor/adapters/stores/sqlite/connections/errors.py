"""What SQLite says when it cannot go on, in the words of the port."""

from __future__ import annotations

import sqlite3

from gehoor.services.ports.store import DuplicateKeyError, RefusedRowError, StoreUnavailableError

_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the file is read-only",
    sqlite3.SQLITE_PERM: "the file may not be opened",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_BUSY: "another writer kept it locked too long",
    sqlite3.SQLITE_LOCKED: "another writer kept it locked too long",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
    sqlite3.SQLITE_NOTADB: "the file is damaged or no register at all",
    sqlite3.SQLITE_IOERR: "reading or writing the disk failed",
    # The file that whoever opens it shares does not fit beside it.
    sqlite3.SQLITE_IOERR_SHMSIZE: "the disk is full",
    sqlite3.SQLITE_NOMEM: "there is too little memory",
}

#: What a call of SQLite may raise; the second when its own message quotes the bytes of a damaged file.
FAILURES = (sqlite3.Error, UnicodeDecodeError)


def is_no_text(error: sqlite3.Error | UnicodeDecodeError) -> bool:
    """Say whether what was read is kept as text and is none: a damaged row, and all else in good order."""
    return isinstance(error, UnicodeDecodeError) or (
        isinstance(error, sqlite3.OperationalError) and str(error).startswith("Could not decode to UTF-8")
    )


def translated(error: sqlite3.Error | UnicodeDecodeError) -> Exception:
    """Return the exception of the port, or ``ValueError`` for a document number that is taken."""
    if isinstance(error, UnicodeDecodeError):
        return StoreUnavailableError("the file is damaged")
    code = getattr(error, "sqlite_errorcode", None)
    number = "doc_id" in str(error)
    if code in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY) and not number:
        return DuplicateKeyError(str(error))
    if code in (sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID):
        return ValueError(f"A document with this number is there already ({error})")
    if code in (sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_CONSTRAINT):
        return RefusedRowError("what was to be kept is too long, or of another kind")
    # The low byte is the kind of error; the rest only tells in which system call it came up.
    reason = _REASONS.get(code or 0) or _REASONS.get((code or 0) & 0xFF)
    return StoreUnavailableError(reason or f"the database refused: {error}")
