"""Checks of what has to happen again and again: sweeping, sending, copying, and agreements to do it by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from gehoor.adapters.mail.smtp import SmtpMailer
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.doctor.check import Remark, Surroundings, note, refused, warning
from gehoor.bootstrap.mail import mailer
from gehoor.bootstrap.mailbox import mailbox
from gehoor.bootstrap.readiness import LONG
from gehoor.bootstrap.register_files.marks import marked, word
from gehoor.core.dossier.events import CLOCKS_DIFFER, instant_text
from gehoor.services.ports.mailbox import MailboxError
from gehoor.services.ports.outside import MailError
from gehoor.services.ports.records import Publication
from gehoor.services.projection.unlisted import unlisted
from gehoor.services.register.register import reading

_WAITS: Final = timedelta(hours=1)
_BACKUP: Final = timedelta(days=2)
_NAMED: Final = 5
_FORESEEN: Final = timedelta(seconds=1)


def sweeps(at: Surroundings) -> Iterator[Remark]:
    """Look at when terms were last looked at."""
    last = marked(at.store, "sweep")
    if last is None:
        yield warning(
            "Voor zover bekend werden hier nog nooit termijnen nagekeken: wat te laat is, wordt niet verwittigd.",
            'Laat "gehoor serve" lopen zonder --no-sweep, of plan elke minuut: gehoor sweep --no-mail',
        )
    elif last > at.now + CLOCKS_DIFFER:
        yield _ahead("Termijnen werden nagekeken", last, at.now)
    elif at.now - last > LONG:
        yield warning(
            f"Termijnen werden het laatst nagekeken {ago(at.now, last)} geleden.",
            'Kijk of "gehoor serve" draait, of of uw planning "gehoor sweep" nog doet.',
        )


def sending(at: Surroundings) -> Iterator[Remark]:
    """Look at messages that wait for too long."""
    if at.runtime is None:
        return
    with reading(at.runtime.store) as register:
        waiting = register.waiting_messages()
    old = [one for one in waiting if datetime.fromisoformat(one.created_at) < at.now - _WAITS]
    if old:
        last = marked(at.store, "send")
        tried = (
            f"het laatst geprobeerd {ago(at.now, last)} geleden"
            if last
            else "voor zover bekend nooit geprobeerd"
        )
        yield warning(
            f"{len(old)} berichten wachten langer dan een uur ({tried}).",
            "Kijk waarom met: gehoor send --list",
        )


def mail(at: Surroundings) -> Iterator[Remark]:
    """Look at the settings for mail, and when asked at whether the server answers."""
    yield from _mailbox(at)
    try:
        post = mailer(at.store)
    except SetupError as error:
        yield refused(str(error))
        return
    if not isinstance(post, SmtpMailer):
        yield warning(
            f"GEHOOR_SMTP ontbreekt: berichten vertrekken niet, ze komen in de map {at.store.parent / 'outbox'}.",
            "Zet er uw mailserver in: smtp://naam:wachtwoord@server:587",
        )
    elif at.mail:
        try:
            server = post.connected()
            readable = post.is_readable_by_others(server)
            server.quit()
        except (MailError, OSError) as error:
            yield refused(f"De mailserver antwoordt niet zoals het hoort: {error}", "Kijk GEHOOR_SMTP na.")
        else:
            yield note("De mailserver antwoordt.")
            if readable:
                yield warning(
                    "De mailserver biedt geen beveiligde verbinding (STARTTLS): wie op het netwerk meeleest, leest de "
                    "berichten, met de volgcodes die erin staan.",
                    "Gebruik smtps://, of een mailserver die STARTTLS biedt.",
                )


def _mailbox(at: Surroundings) -> Iterator[Remark]:
    if not at.environ.get("GEHOOR_IMAP"):
        return
    try:
        incoming = mailbox()
        if at.mail:
            with incoming.connection():
                yield note("De postbus gaat open.")
    except (SetupError, MailboxError) as error:
        yield refused(f"{str(error).rstrip('.')}.", "Kijk GEHOOR_IMAP na.")


def backups(at: Surroundings) -> Iterator[Remark]:
    """Look at when the last copy was made."""
    last = marked(at.store, "backup")
    if last is None:
        yield warning(
            "Van dit register is geen kopie bekend.",
            "Plan elke nacht: gehoor backup (zie docs/beheer.md)",
        )
    elif last > at.now + CLOCKS_DIFFER:
        yield _ahead("Een kopie werd gemaakt", last, at.now)
    elif at.now - last > _BACKUP:
        yield warning(
            f"De laatste kopie is van {ago(at.now, last)} geleden: {word(at.store, 'backup')}",
            'Kijk of uw planning "gehoor backup" nog doet.',
        )


def damage(at: Surroundings) -> Iterator[Remark]:
    """Look at what the last ``gehoor verify`` found."""
    found = word(at.store, "verify")
    if found not in ("", "0"):
        last = marked(at.store, "verify")
        when = f" {ago(at.now, last)} geleden" if last else ""
        yield warning(
            f"In het register was{when} {found} keer iets mis.", "Doe: gehoor verify, en dan gehoor repair"
        )


def lists(at: Surroundings) -> Iterator[Remark]:
    """Look at whether every dossier is in the lists."""
    if at.runtime is None:
        return
    with reading(at.runtime.store) as register:
        found = unlisted(register)
    if found:
        yield warning(
            f"{len(found)} dossiers staan in geen lijst, zodat niemand een termijn mist: {', '.join(found[:_NAMED])}.",
            "Doe: gehoor verify, en dan gehoor repair",
        )


def agreements(at: Surroundings) -> Iterator[Remark]:
    """Look at whether anything was published."""
    if at.runtime is None:
        return
    with reading(at.runtime.store) as register:
        places = register.published_departments()
        if not places:
            yield warning(
                "Er is nog niets gepubliceerd: niemand kan iets melden.", "Doe eerst: gehoor publish"
            )
        soon = instant_text(at.now + CLOCKS_DIFFER)
        for place in places:
            for one in register.sound_publications(*place):
                if one.published_at > soon:
                    yield _published_ahead(one)


def _ahead(what: str, then: datetime, now: datetime) -> Remark:
    return warning(
        f"{what} op {then:%Y-%m-%d %H:%M} (UTC), en het is {now:%Y-%m-%d %H:%M}: de klok liep toen voor. Tot dan "
        "weten wij niet wanneer het echt was.",
        "Kijk de klok van deze computer na (NTP), en kijk of uw planning loopt.",
    )


def _published_ahead(one: Publication) -> Remark:
    done = "beëindigd" if one.ended else "gepubliceerd"
    return warning(
        f"{one.organisation}/{one.department} werd {done} op {one.published_at[:10]}, en dat is nog niet: de klok "
        "liep toen voor. Tot die dag geldt nog wat ervoor gold.",
        f"Doe het opnieuw, dan geldt het vandaag: gehoor {'end' if one.ended else 'publish --again'}",
    )


def ago(now: datetime, then: datetime) -> str:
    """Return how long ago something was, in Dutch."""
    passed = max(now - then, _FORESEEN)
    if passed >= timedelta(days=2):
        return f"{passed.days} dagen"
    minutes = int(passed.total_seconds() // 60)
    return (
        f"{minutes // 60} uur"
        if minutes >= 120
        else f"{max(minutes, 1)} {'minuut' if minutes <= 1 else 'minuten'}"
    )
