"""What the use cases work with: a store, a rule engine, the published agreements. Put together in bootstrap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.text.retelling import PlainLikeness
from gehoor.services.ports.outside import FileInspector, Likeness, Sealer
from gehoor.services.ports.store import Store
from gehoor.services.register.library import Library
from gehoor.services.register.pending import PendingDossiers
from gehoor.services.register.recent_accesses import RecentAccesses
from gehoor.services.register.secrets import RegisterSecrets
from gehoor.services.register.staff import StaffDirectory


@dataclass(frozen=True)
class Runtime:
    """The parts that use cases share. ``link`` gives the address of a dossier page; ``new_id`` a fresh, random id;
    ``home`` is the address under which people open Gehoor, without a slash at its end."""

    store: Store
    engine: RuleEngine
    library: Library
    link: Callable[[str], str]
    new_id: Callable[[], str]
    inspector: FileInspector
    sealer: Sealer
    home: str = ""
    likeness: Likeness = field(default_factory=PlainLikeness)
    staff: StaffDirectory = field(default_factory=StaffDirectory)
    secrets: RegisterSecrets = field(default_factory=RegisterSecrets)
    pending: PendingDossiers = field(default_factory=PendingDossiers)
    recent_accesses: RecentAccesses = field(default_factory=RecentAccesses)
