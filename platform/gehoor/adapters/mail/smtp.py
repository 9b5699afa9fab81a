"""Mail through a mail server."""

from __future__ import annotations

import logging
import smtplib
import ssl
from contextlib import suppress
from ipaddress import ip_address

from gehoor.adapters.mail.message import as_email
from gehoor.services.ports.outside import MailError
from gehoor.services.ports.records import Message

_log = logging.getLogger(__name__)

_PERMANENT = 500


class SmtpMailer:
    """Hands messages to an SMTP server, one connection each.

    ``encrypted``: TLS from the first byte. Otherwise STARTTLS is used when the server offers it; a password
    goes over the network in no other way.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        sender: str,
        user: str = "",
        password: str = "",
        encrypted: bool = False,
        timeout: float = 15,
    ) -> None:
        self._host, self._port, self._timeout = host, port, timeout
        self._sender, self._user, self._password = sender, user, password
        self._encrypted = encrypted

    def send(self, message: Message) -> None:
        """Send a message to all its recipients. Raises ``MailError`` when it may have to be sent again."""
        mail = as_email(message, self._sender)
        try:
            server = self._connected()
            try:
                refused = server.send_message(mail)
            finally:
                _leave(server)
        except smtplib.SMTPRecipientsRefused as error:
            raise MailError(f"de mailserver weigert elk adres ({_codes(error.recipients)})") from error
        except smtplib.SMTPResponseException as error:
            raise MailError(f"de mailserver weigert het bericht ({error.smtp_code})") from error
        except (smtplib.SMTPException, ValueError, UnicodeError) as error:
            raise MailError(f"de mailserver brak het verzenden af ({type(error).__name__})") from error
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise MailError(f"de mailserver is niet te bereiken ({reason})") from error
        if any(code < _PERMANENT for code, _ in refused.values()):
            raise MailError(f"de mailserver weigert voorlopig een adres ({_codes(refused)})")
        if refused:
            # The others have it; sending again would only reach them twice.
            _log.warning("message %s: some addresses refused (%s)", message.key, _codes(refused))

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._encrypted:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=self._timeout, context=context
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=self._timeout)
        try:
            self._prepare(server, context)
        except BaseException:
            server.close()
            raise
        return server

    def _prepare(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        safe = self._encrypted or _is_loopback(self._host)
        server.ehlo_or_helo_if_needed()
        if not self._encrypted and server.has_extn("starttls"):
            server.starttls(context=context)
            safe = True
        if self._user:
            if not safe:
                raise MailError("de mailserver biedt geen beveiligde verbinding voor het wachtwoord")
            server.login(self._user, self._password)


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye. What the server took, it has; that it hangs up rudely changes nothing."""
    with suppress(smtplib.SMTPException, OSError):
        server.quit()
    server.close()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _codes(refused: dict[str, tuple[int, bytes]]) -> str:
    return ", ".join(sorted({str(code) for code, _ in refused.values()}))
