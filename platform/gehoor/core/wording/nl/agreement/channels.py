"""How messages come in, and whether someone may stay anonymous."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gehoor.core.agreement.model import Agreement, Channel
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter, loose, present
from gehoor.core.wording.nl.agreement.phrases import closed
from gehoor.core.wording.nl.formats import quoted

_MEDIA: Final[Mapping[str, str]] = {"oral": "U vertelt het ons.", "written": "U schrijft het ons."}
_POLICIES: Final[Mapping[str, str]] = {
    "allowed": "U mag anoniem blijven.",
    "limited": "U mag anoniem blijven, maar niet altijd.",
    "refused": "U kunt niet anoniem blijven.",
}


def channels(agreement: Agreement) -> Chapter:
    """Say in which ways a message comes in."""
    return chapter(
        "channels", "Hoe u ons iets kunt vertellen", *(_channel(one) for one in agreement.channels.values())
    )


def _channel(channel: Channel) -> Item:
    key = f"channels/{channel.id}"
    return Item(
        key,
        channel.name,
        present(
            Sentence(f"{key}/medium", _MEDIA.get(channel.medium, channel.medium), public=True),
            _if(f"{key}/way-of-working", "", channel.way_of_working),
            _if(f"{key}/contact", "U bereikt ons zo: ", channel.contact),
            _if(f"{key}/opening-hours", "Dat kan op deze uren: ", channel.opening_hours),
            Sentence(f"{key}/anonymous", "Dit kan ook zonder uw naam.", public=True)
            if channel.anonymous
            else None,
        ),
        new=f"Nieuwe manier om iets te vertellen: {quoted(channel.name)}.",
        gone=f"De manier {quoted(channel.name)} om iets te vertellen is weg.",
    )


def anonymity(agreement: Agreement) -> Chapter:
    """Say whether someone may stay anonymous."""
    policy = agreement.anonymous
    code = "een" if policy.follow_up_code else "geen"
    return chapter(
        "anonymous",
        "Anoniem",
        loose(
            "anonymous",
            Sentence("anonymous/policy", _POLICIES.get(policy.policy, policy.policy), public=True),
            Sentence(
                "anonymous/follow-up-code",
                f"Wie geen naam geeft, krijgt {code} code om zijn bericht te volgen.",
                public=True,
            ),
            _if("anonymous/explanation", "", policy.explanation),
        ),
    )


def _if(key: str, before: str, text: str) -> Sentence | None:
    return Sentence(key, f"{before}{closed(text)}", public=True) if text else None
