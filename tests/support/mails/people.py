"""E-mails of people: each story in each way in which programs send one, and those that look like something else."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from tests.support.mails.stories import STORIES
from tests.support.mails.writing import (
    Story,
    Written,
    attached,
    crlf,
    html_of,
    mail,
    mixed,
    of,
    part,
    quoted,
    word,
)

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def told() -> Iterator[Written]:
    """Give each story in each way."""
    for story in STORIES:
        yield from _ways(story)


def _ways(story: Story) -> Iterator[Written]:
    who = (story.person.name, story.person.address)

    def written(way: str, content: bytes, text: str | None = None, files: tuple[str, ...] = ()) -> Written:
        whole = story.text if text is None else text
        return Written(
            f"{story.code}: {way}", content, sender=who, subject=story.subject, text=whole, files=files
        )

    plain = story.text
    html_part = part("text/html; charset=utf-8", html_of(story).encode())
    plain_part = part(
        "text/plain; charset=utf-8; format=flowed", crlf(plain).encode(), Content_Transfer_Encoding="8bit"
    )
    yield written(
        "as it is, in UTF-8",
        mail(
            of(story),
            crlf(plain).encode(),
            Content_Type="text/plain; charset=UTF-8",
            Content_Transfer_Encoding="8bit",
        ),
    )
    yield written(
        "quoted printable",
        mail(
            of(story, how="b"),
            quoted(plain, "utf-8"),
            Content_Type='text/plain; charset="utf-8"',
            Content_Transfer_Encoding="quoted-printable",
        ),
    )
    if _fits(story, "cp1252"):
        yield written(
            "what calls itself Latin-1, of Windows",
            mail(
                of(story, "windows-1252"),
                quoted(plain, "cp1252"),
                Content_Type="text/plain; charset=iso-8859-1",
                Content_Transfer_Encoding="quoted-printable",
            ),
        )
        yield written(
            "without a word about its signs",
            mail(of(story), crlf(plain).encode("cp1252"), Content_Type="text/plain"),
        )
    kind, body = mixed([plain_part, html_part], kind="alternative")
    yield written("text and page", mail(of(story), body, Content_Type=kind))
    yield written(
        "only a page",
        mail(of(story), base64.encodebytes(html_of(story).encode()), Content_Type="text/html; charset=utf-8",
             Content_Transfer_Encoding="base64"),
        "\n\n".join((*story.paragraphs, *filter(None, [story.signature]))),
    )  # fmt: skip
    inner, inside = mixed([plain_part, html_part], "inner", "alternative")
    kind, body = mixed([part(inner, inside), attached("Brief dokter.pdf", PDF)], "outer")
    yield written("with a letter", mail(of(story), body, Content_Type=kind), files=("Brief dokter.pdf",))
    logo = attached("logo.png", DOT, "image/png", Content_Disposition="inline", Content_ID="<logo>")
    photo = attached("=?utf-8?Q?foto_caf=C3=A9.png?=", DOT * 200, "image/png")
    kind, body = mixed([plain_part, logo, photo])
    yield written(
        "with a photo, and a logo below", mail(of(story), body, Content_Type=kind), files=("foto café.png",)
    )


def _fits(story: Story, charset: str) -> bool:
    try:
        "".join((story.person.name, story.subject, story.text)).encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def mistaken() -> Iterator[Written]:
    """Give e-mails of people that a hasty reader takes for something else, or stumbles over."""
    story = STORIES[0]
    who = (story.person.name, story.person.address)
    body = crlf(story.text).encode()
    for number, (subject, lines) in enumerate(_LOOKALIKES):
        above = {**of(story), "Subject": subject, "Content-Type": "text/plain; charset=utf-8", **lines}
        yield Written(f"looks like: {subject} {number}", mail(above, body), sender=who, text=story.text)
    website = {
        **of(story), "From": "Website <noreply@delinde.example>",
        "Reply-To": "Hilde Vandenbroucke <hilde.vdb@telenet.example>", "Subject": "Contactformulier",
    }  # fmt: skip
    yield Written("by the form of a website", mail(website, body), sender=who, text=story.text)
    yield Written(
        "without a day",
        mail({**of(story), "Date": "", "Received": ""}, body),
        sender=who,
        text=story.text,
        sent_at=None,
    )
    yield Written(
        "on a day that there is not", mail({**of(story), "Date": "Tue, 32 May 2026 99:15:00 +0200"}, body),
        sender=who, sent_at=None,
    )  # fmt: skip
    yield Written(
        "from a name with a comma",
        mail({**of(story), "From": '"Vandenbroucke, Hilde" <hilde.vdb@telenet.example>'}, body),
        sender=("Vandenbroucke, Hilde", who[1]),
    )  # fmt: skip
    yield Written(
        "from an address only",
        mail({**of(story), "From": who[1]}, body),
        sender=("", who[1]),
        text=story.text,
    )
    yield Written(
        "from nobody",
        mail({**of(story), "From": "", "Message-ID": ""}, body),
        sender=("", ""),
        text=story.text,
    )
    yield Written(
        "a line that hides another", mail({**of(story), "Subject": "=?utf-8?Q?Klacht=0D=0ABcc:_x@y.example?="}, body),
        subject="Klacht Bcc: x@y.example",
    )  # fmt: skip
    yield Written(
        "signs that nobody knows",
        mail(of(story), body, Content_Type="text/plain; charset=x-klingon"),
        text=story.text,
    )
    yield Written(
        "signs that are no signs",
        mail(of(story), body, Content_Type="text/plain; charset=idna"),
        text=story.text,
    )
    yield Written(
        "packed in a way that nobody knows",
        mail(of(story), body, Content_Type="text/plain", Content_Transfer_Encoding="x-geheim"), text=story.text,
    )  # fmt: skip
    yield Written(
        "edges that do not come",
        mail(of(story), body, Content_Type='multipart/mixed; boundary="weg"'),
        text=story.text,
    )
    kind, parts = mixed(
        [part("text/plain", body), attached("winmail.dat", b'x\x9f>"', "application/ms-tnef")]
    )
    yield Written("a letter packed by Outlook", mail(of(story), parts, Content_Type=kind), text=story.text)
    kind, parts = mixed(
        [part("text/plain", b""), part("text/html; charset=utf-8", html_of(story).encode())],
        kind="alternative",
    )
    yield Written(
        "a text that is empty beside a page", mail(of(story), parts, Content_Type=kind), text=story.text
    )
    kind, parts = mixed([part("text/plain", body), attached("../../etc/wachtwoord.pdf", PDF)])
    yield Written(
        "a file that wants to be elsewhere", mail(of(story), parts, Content_Type=kind),
        files=("../../etc/wachtwoord.pdf",),
    )  # fmt: skip
    yield Written(
        "only a subject",
        mail({**of(story), "Subject": "Bel mij terug aub"}, b""),
        subject="Bel mij terug aub",
        text="",
    )
    yield Written(
        "a page that hides things",
        mail(of(story), b"<p>Dag</p><script>weg()</script><style>p{}</style><!-- geheim --><p>5 &lt; 6 &amp; a<b</p>",
             Content_Type="text/html"),
        text="Dag\n\n5 < 6 & a",
    )  # fmt: skip
    yield Written(
        "lines that end as on Unix",
        mail(of(story), body).replace(b"\r\n", b"\n"),
        sender=who,
        text=story.text,
    )
    yield Written(
        "saved twice, with a line of a mailbox file above",
        b"From hilde.vdb@telenet.example Tue May 12 09:15:00 2026\n" + mail(of(story), body), sender=who,
        text=story.text,
    )  # fmt: skip


_LOOKALIKES: tuple[tuple[str, dict[str, str]], ...] = (
    ("Afwezigheid van de kinesist", {}),
    ("Afwezigheid: kinesist kwam weer niet", {}),
    ("Afwezige verpleegster", {}),
    (word("Absence de réponse à mon courrier"), {}),
    ("Absence : infirmier de nuit", {}),
    ("Automatische deur sluit te snel", {}),
    ("Automatisch antwoord is geen antwoord", {}),
    ("Auto: kras op de parking", {}),
    ("Out of office hours nobody answers", {}),
    ("Vacation of my mother", {}),
    ("Undelivered mail of my father in his room", {}),
    ("Niet bezorgd: krant van vader", {}),
    ("Re: Er is een bericht voor u", {"In-Reply-To": "<0123456789abcdef0123456789abcdef@delinde.example>",
                                      "References": "<0123456789abcdef0123456789abcdef@delinde.example>"}),
    ("Fwd: klacht van mijn zus", {}),
    ("Klacht", {"Auto-Submitted": "no"}),
    ("Klacht", {"Return-Path": "<hilde.vdb@telenet.example>"}),
    ("Klacht", {"Precedence": "first-class"}),
    ("Klacht", {"X-Auto-Response-Suppress": "DR, RN, NRN"}),
    ("Klacht", {"List-Id": "klachten.delinde.example"}),
    ("Klacht", {"X-Priority": "1", "Disposition-Notification-To": "hilde.vdb@telenet.example"}),
)  # fmt: skip
