"""Loading definition files."""

from __future__ import annotations

from pathlib import Path

from gehoor.loading.checks.analysis.incomplete_translations import Missing, missing_translations
from gehoor.loading.checks.sound import Sound
from gehoor.loading.load import LoadedWorkspace, Remembered, load_workspace

__all__ = ["LoadedWorkspace", "Missing", "load", "look", "untranslated"]


def load(workspace: Path, only: tuple[str, ...] = ()) -> LoadedWorkspace:
    """Load and check the organisations of a workspace, or only some, as if for the first time."""
    return load_workspace(workspace, only)


def look(
    workspace: Path, only: tuple[str, ...], known: frozenset[tuple[str, bytes]]
) -> tuple[LoadedWorkspace, frozenset[tuple[str, bytes]]]:
    """Load and check as ``load`` does, without looking again at what an earlier look found right: ``known``, digests by
    check. Return what came of it, and what is known now: all that was asked about, and of what was not the rest."""
    sound = Sound(known)
    loaded = load_workspace(workspace, only, Remembered(sound=sound))
    return loaded, sound.asked | (known if only else frozenset())


def untranslated(loaded: LoadedWorkspace) -> list[Missing]:
    """Return the texts for people outside that lack a translation, each once for each language and place."""
    found = (missing_translations(one.provenance.whole, one.agreement) for one in loaded.departments)
    return list(dict.fromkeys(missing for of_one in found for missing in of_one))
