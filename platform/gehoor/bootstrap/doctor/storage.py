"""Checks of where the register stands: its file, its folder, its disk, and the library that reads it."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gehoor.bootstrap import Database
from gehoor.bootstrap.doctor.check import Remark, Surroundings, note, refused, warning
from gehoor.bootstrap.register import store_notice
from gehoor.bootstrap.register_files.copied import copied_to, left_behind
from gehoor.bootstrap.register_files.ownership import owner_name, strangers
from gehoor.services.ports.store import StoreUnavailableError

_MB: Final = 1_000_000
_LEAST: Final = 50 * _MB
_LITTLE: Final = 1000 * _MB
_BY_NETWORK: Final = frozenset(
    {
        "9p", "afs", "beegfs", "ceph", "cifs", "davfs", "drvfs", "fuse.ceph", "fuse.davfs", "fuse.glusterfs",
        "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "fuse.vmhgfs-fuse", "gfs2", "glusterfs", "lustre",
        "nfs", "nfs3", "nfs4", "ocfs2", "prl_fs", "smb3", "smbfs", "vboxsf", "vmhgfs",
    }
)  # fmt: skip
_PASSING: Final = frozenset({"tmpfs", "ramfs"})


def place(at: Surroundings) -> Iterator[Remark]:
    """Look at whether there is a register, and whether it can be written."""
    if not at.is_file:
        yield from _database(at)
    elif not at.store.exists():
        yield refused(f"Er is nog geen register: {at.store}.", "Maak het met: gehoor publish")
    elif not os.access(at.store, os.R_OK | os.W_OK) or not os.access(at.store.parent, os.W_OK | os.X_OK):
        yield refused(
            f"{at.store} en de map eromheen moeten beschreven kunnen worden door wie Gehoor draait.",
            f"Geef ze aan die gebruiker: chown -R gehoor {at.store.parent}",
        )


def sqlite(at: Surroundings) -> Iterator[Remark]:
    """Look at the version of SQLite."""
    if said := store_notice(at.place):
        yield note(said)


def network_disk(at: Surroundings) -> Iterator[Remark]:
    """Look at the file system under the register: locks on a network disk cannot be relied upon."""
    if not at.is_file:
        return
    kind, mounted = file_system(at.store, at.mounts)
    if is_by_network(kind):
        yield refused(
            f"Het register staat op een netwerkschijf ({kind} op {mounted}). Sloten gelden daar niet altijd: processen "
            "kunnen over elkaars werk schrijven.",
            "Zet het register op een schijf van deze computer, en de kopieën op het netwerk.",
        )
    elif kind in _PASSING:
        yield warning(
            f"Het register staat in het geheugen ({kind} op {mounted}): na een herstart is alles weg.",
            "Zet het op een schijf.",
        )


def rights(at: Surroundings) -> Iterator[Remark]:
    """Look at who else on this computer can read or replace what is in the register."""
    if sys.platform == "win32":
        return
    names = ("", "-wal", "-shm", ".key")
    for file in (at.store.with_name(f"{at.store.name}{end}") for end in names):
        yield from _file_rights(file)
    if others := strangers(at.store):
        names_of = " ".join(str(file) for file in others)
        yield warning(
            f"Naast het register staat wat van een andere gebruiker is: {names_of}. "
            "Wie Gehoor draait, kan er misschien niet aan.",
            f"Doe: chown {owner_name(at.store)} {names_of}",
        )
    folder = at.store.parent
    try:
        mode = folder.stat().st_mode
    except OSError:
        return
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        yield refused(
            f"Iedereen op deze computer kan bestanden in {folder} vervangen.", f"Doe: chmod go-w {folder}"
        )
    outbox = folder / "outbox"
    if outbox.is_dir() and outbox.stat().st_mode & stat.S_IROTH:
        yield warning(
            f"Iedereen op deze computer kan de berichten in {outbox} lezen.", f"Doe: chmod 700 {outbox}"
        )


def left(at: Surroundings) -> Iterator[Remark]:
    """Look at whether this register was copied to another place, or from one where it may still stand."""
    if (to := copied_to(at.store)) is not None:
        yield warning(
            f"Dit register is overgebracht naar {to[0]}. Wat daar gewist of geanonimiseerd wordt, staat hier nog.",
            "Werk voort met het andere, en wis dit, met de kopieën ervan.",
        )
    if before := left_behind(at.store):
        yield warning(
            f"Dit register komt van {before}, en daar staat alles misschien nog: ook wat hier gewist of geanonimiseerd "
            "wordt.",
            "Wis het daar, met de kopieën ervan, zodra u zeker bent.",
        )


def disk(at: Surroundings) -> Iterator[Remark]:
    """Look at how much room there is on the disk of a register; that of a database is not ours to see."""
    if not at.is_file:
        return
    try:
        free = shutil.disk_usage(at.store.parent).free
        size = at.store.stat().st_size
    except OSError:
        return
    said = f"Op de schijf van {at.store.parent} is nog {free // _MB} MB vrij"
    if free < _LEAST:
        yield refused(f"{said}: te weinig om iets te bewaren.", "Maak plaats, of zet het register elders.")
    elif free < max(_LITTLE, size):
        yield warning(
            f"{said}; het register is {size // _MB} MB.",
            "Maak plaats: een kopie, en een nieuwe versie van Gehoor, vragen nog eens zoveel.",
        )


def file_system(file: Path, mounts: Path) -> tuple[str, str]:
    """Return what kind of file system a file is on, and where that is mounted; empty when the system does not say."""
    try:
        lines = mounts.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return "", ""
    found = "", ""
    place_of = str(file.resolve())
    for line in lines:
        _device, where, kind, *_ = [*line.split(" "), "", "", ""]
        where = where.replace("\\040", " ")
        inside = place_of == where or place_of.startswith(where.rstrip("/") + "/")
        # What is mounted later over the same place counts.
        if inside and len(where) >= len(found[1]):
            found = kind, where
    return found


def _database(at: Surroundings) -> Iterator[Remark]:
    """Look at whether there is a register in the database, and whether files can be kept beside it."""
    if at.runtime is None:
        yield refused(f"Er is nog geen register: {at.place}.", "Maak het met: gehoor publish")
    elif isinstance(at.place, Database) and not _kept_apart(at.place):
        yield warning(
            "De gebruiker waarmee Gehoor in de database werkt, mag daar alles (SUPERUSER of BYPASSRLS). De database "
            "houdt de organisaties dan niet uit elkaar; Gehoor zelf doet dat wel.",
            "Geef Gehoor een gebruiker die dat niet mag: zie docs/beheer.md, Een register in PostgreSQL.",
        )
    folder = at.store.parent
    if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
        yield refused(
            f"{folder} moet beschreven kunnen worden door wie Gehoor draait: daar staat de sleutel.",
            f"Geef de map aan die gebruiker: chown -R gehoor {folder}",
        )


def _kept_apart(place: Database) -> bool:
    # Imported here: most registers are a file, and need no driver of a database.
    from gehoor.bootstrap.database import keeps_apart  # noqa: PLC0415

    try:
        return keeps_apart(place.address)
    except StoreUnavailableError:
        # That it cannot be read is told by who reads it.
        return True


def is_by_network(kind: str) -> bool:
    """Say whether a kind of file system is on another computer."""
    return kind in _BY_NETWORK


def _file_rights(file: Path) -> Iterator[Remark]:
    try:
        mode = file.stat().st_mode
    except OSError:
        return
    if mode & (stat.S_IROTH | stat.S_IWOTH):
        yield refused(f"Iedereen op deze computer kan {file} lezen.", f"Doe: chmod 600 {file}")
    elif mode & (stat.S_IRGRP | stat.S_IWGRP):
        yield warning(f"De groep van {file} kan het lezen.", f"Doe: chmod 600 {file}")
