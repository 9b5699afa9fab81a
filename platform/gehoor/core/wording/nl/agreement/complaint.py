"""What a complaint is and is not, who agreed so, and what is done with each kind of message."""

from __future__ import annotations

from gehoor.core.agreement.model import Agreement, Kind
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter, loose, present
from gehoor.core.wording.nl.agreement.phrases import closed, joined, role
from gehoor.core.wording.nl.dates import show_date
from gehoor.core.wording.nl.formats import quoted


def complaint(agreement: Agreement) -> Chapter:
    """Say what a complaint is here."""
    what = agreement.complaint
    return chapter(
        "complaint",
        "Wat een klacht is",
        loose(
            "complaint",
            Sentence("complaint/description", f"Een klacht is: {closed(what.description)}", public=True),
            *(_included(about, example) for about, example in what.includes),
            *(
                Sentence(
                    f"complaint/excludes/{item.what}",
                    f"Dit is geen klacht: {quoted(item.what)}. Daarvoor is er: {closed(item.route)}",
                    public=True,
                )
                for item in what.excludes
            ),
            *_agreed(agreement),
        ),
    )


def _included(what: str, example: str) -> Sentence:
    shown = f" Bijvoorbeeld: {closed(quoted(closed(example)))}" if example else ""
    return Sentence(
        f"complaint/includes/{what}", f"Dit is wel een klacht: {quoted(what)}.{shown}", public=True
    )


def _agreed(agreement: Agreement) -> tuple[Sentence, ...]:
    what = agreement.complaint
    return present(
        Sentence(
            "complaint/agreed/by", f"Dit is afgesproken door: {joined(what.agreed_by)}.",
            subject="Wie dit afsprak", members=what.agreed_by, public=True,
        ),
        Sentence("complaint/agreed/on", f"Dat gebeurde op {show_date(what.agreed_on)}.", public=True)
        if what.agreed_on else None,
        Sentence(
            "complaint/agreed/review-before",
            f"Wij bekijken deze afspraken opnieuw vóór {show_date(what.review_before)}.",
            public=True,
        )
        if what.review_before else None,
    )  # fmt: skip


def kinds(agreement: Agreement) -> Chapter:
    """Say which kinds of message there are."""
    return chapter("kinds", "Soorten bericht", *(_kind(agreement, kind) for kind in agreement.kinds.values()))


def _kind(agreement: Agreement, kind: Kind) -> Item:
    key = f"kinds/{kind.id}"
    return Item(
        key,
        kind.name,
        present(
            Sentence(f"{key}/handling", closed(kind.handling), public=True) if kind.handling else None,
            Sentence(
                f"{key}/owner", f"Dit soort bericht hoort bij {role(agreement, kind.owner)}."
            ) if kind.owner else None,
        ),
        new=f"Nieuwe soort bericht: {kind.name}.",
        gone=f"De soort bericht {quoted(kind.name)} is weg.",
    )  # fmt: skip
