"""Which laws the terms were held against, and what nothing was agreed about."""

from __future__ import annotations

from gehoor.core.agreement.model import Agreement, Law
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter, loose
from gehoor.core.wording.nl.agreement.phrases import closed
from gehoor.core.wording.nl.formats import quoted


def law(agreement: Agreement) -> Chapter:
    """Say which laws the terms were held against, and for whom they are."""
    return chapter(
        "law", "Getoetst aan de wet", *(_law(name, about) for name, about in agreement.law.items())
    )


def waived(agreement: Agreement) -> Chapter:
    """Say what nothing was agreed about although complaint handling asks it, and why not."""
    told = (
        Sentence(f"waived/{name}", f"Over {quoted(name)} spraken wij niets af: {closed(because)}")
        for name, because in agreement.waived.items()
    )
    return chapter("waived", "Wat wij niet afspreken", loose("waived", *told))


def _law(name: str, about: Law) -> Item:
    key = f"law/{name}"
    return Item(
        key,
        about.name,
        (Sentence(f"{key}/applies-to", f"Deze wet is er voor: {closed(about.applies_to)}", public=True),),
        new=f"De termijnen zijn nu ook getoetst aan: {closed(about.name)}",
        gone=f"De termijnen zijn niet meer getoetst aan {quoted(about.name)}.",
    )
