"""What is to be said of a proposal: first what it brings itself, apart from what was so before."""

from __future__ import annotations

from dataclasses import dataclass

from gehoor.core.proposals.sheets import Untold
from gehoor.services.ports.drafting import Judged, Told, TooHeavySourcesError
from gehoor.services.proposals.looking import SeenProposal, Vacancy, vacant_roles
from gehoor.web.request.site import site
from gehoor.web.workbench.shown import drafter, judged_files

_UNTOLD = "vertaling-onvolledig"


@dataclass(frozen=True)
class Untranslated:
    """Texts that miss a translation in the same languages (their codes)."""

    languages: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Remarks:
    """What is to be said. ``own``: what the proposal brings; ``earlier``: what was so already; ``untold``: the texts of
    the proposal that miss a translation; ``untold_earlier``: how many others do; ``vacant``, ``vacant_earlier``: the
    roles that nobody has."""

    own: tuple[Told, ...] = ()
    earlier: tuple[Told, ...] = ()
    untold: tuple[Untranslated, ...] = ()
    untold_earlier: int = 0
    vacant: tuple[Vacancy, ...] = ()
    vacant_earlier: tuple[Vacancy, ...] = ()


def remarks(seen: SeenProposal, found: Judged | None) -> Remarks:
    """Return what is to be said of the files of a proposal."""
    if found is None:
        return Remarks()
    # What was published without its files has nothing to compare with: then all of it is the proposal's.
    before = judged_files(seen, seen.base) if seen.base else None
    known = {_known(one) for one in before.told} if before else set()
    fresh, stood = _untold(seen) if found.is_sound else ([], 0)
    told = [one for one in found.told if one.code != _UNTOLD or not (fresh or stood)]
    vacant = vacant_roles(site().runtime, seen.proposal.organisation, found)
    was = (
        {
            one.role: set(one.departments)
            for one in vacant_roles(site().runtime, seen.proposal.organisation, before)
        }
        if before
        else {}
    )
    return Remarks(
        tuple(one for one in told if one.serious or _known(one) not in known),
        tuple(one for one in told if not one.serious and _known(one) in known),
        _grouped(fresh),
        stood,
        tuple(one for one in vacant if not _stood(one, was)),
        tuple(one for one in vacant if _stood(one, was)),
    )


def _known(one: Told) -> tuple[str, str, str]:
    return one.file, one.code, one.sentence


def _stood(one: Vacancy, was: dict[str, set[str]]) -> bool:
    """Say whether nobody had a role before, in the same departments."""
    return one.role in was and (not was[one.role] or set(one.departments) <= was[one.role])


def _untold(seen: SeenProposal) -> tuple[list[Untold], int]:
    """Return the texts of a proposal that miss a translation, and how many others do."""
    organisation = seen.proposal.organisation
    try:
        now = drafter().untold(seen.sources, organisation)
        before = drafter().untold(seen.base, organisation) if seen.base else ()
    except TooHeavySourcesError:
        return [], 0
    known = {(one.language, one.text) for one in before}
    fresh = [one for one in now if (one.language, one.text) not in known]
    return fresh, len({one.text for one in now if (one.language, one.text) in known})


def _grouped(untold: list[Untold]) -> tuple[Untranslated, ...]:
    languages: dict[str, dict[str, None]] = {}
    for one in untold:
        languages.setdefault(one.text, {})[one.language] = None
    texts: dict[tuple[str, ...], list[str]] = {}
    for text, codes in languages.items():
        texts.setdefault(tuple(codes), []).append(text)
    return tuple(Untranslated(codes, tuple(found)) for codes, found in texts.items())
