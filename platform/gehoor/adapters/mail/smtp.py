"""Mail through a mail server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr
from ipaddress import ip_address

from gehoor.adapters.mail.message import as_email
from gehoor.services.ports.outside import MailError, MailServerError, PartlySentError
from gehoor.services.ports.records import Message

_OK = 250
_CLOSING = 421
"""What a server says that is too busy for anything, or about to stop."""
_BUSY = "de mailserver heeft het te druk (421)"
_SILENT = "de mailserver antwoordt niet"


class SmtpMailer:
    """Hands messages to an SMTP server, many over one connection.

    ``encrypted``: TLS from the first byte. Otherwise STARTTLS is used when the server offers it; a password
    goes over the network in no other way. ``timeout``: seconds that the server may take for each answer.
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
        self._user, self._password = user, password
        self._encrypted = encrypted
        self.sender = sender
        """The address that messages come from."""

    @contextmanager
    def connection(self) -> Iterator[SmtpConnection]:
        """Return a connection that is made with the first message, and anew when the server hung up in between."""
        connection = SmtpConnection(self)
        try:
            yield connection
        finally:
            connection.leave()

    def forget(self, keys: Iterable[str]) -> None:
        """Do nothing: what went out is with whoever got it."""

    def connected(self) -> smtplib.SMTP:
        """Connect, and sign in where there is a password. Raises ``MailServerError``."""
        try:
            return self._connected()
        except smtplib.SMTPResponseException as error:
            raise MailServerError(f"de mailserver weigert de verbinding ({error.smtp_code})") from error
        except (smtplib.SMTPException, ValueError, UnicodeError) as error:
            if _is_silence(error):
                raise MailServerError(_SILENT) from error
            raise MailServerError(f"de mailserver brak de verbinding af ({type(error).__name__})") from error
        except OSError as error:
            raise MailServerError(_unreachable(error)) from error

    def is_readable_by_others(self, server: smtplib.SMTP) -> bool:
        """Say whether whoever reads along on the network reads what goes over a connection."""
        return not isinstance(server.sock, ssl.SSLSocket) and not _is_loopback(self._host)

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
                raise MailServerError("de mailserver biedt geen beveiligde verbinding voor het wachtwoord")
            server.login(self._user, self._password)


class SmtpConnection:
    """A connection over which messages go one after the other."""

    def __init__(self, mailer: SmtpMailer) -> None:
        self._mailer = mailer
        self._server: smtplib.SMTP | None = None

    def send(self, message: Message) -> None:
        """Send a message to all its recipients; it is sent once the server acknowledged its text. Raises ``MailError``
        when it may have to be sent again, ``MailServerError`` when that holds for every message."""
        mail = as_email(message, self._mailer.sender)
        server = self._ready()
        try:
            refused = server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            if any(code == _CLOSING for code, _ in error.recipients.values()):
                self._drop()
                raise MailServerError(_BUSY) from error
            raise MailError(f"de mailserver weigert elk adres ({_codes(error.recipients)})") from error
        except smtplib.SMTPResponseException as error:
            if error.smtp_code == _CLOSING:
                self._drop()
                raise MailServerError(_BUSY) from error
            raise MailError(f"de mailserver weigert het bericht ({error.smtp_code})") from error
        except (smtplib.SMTPException, ValueError, UnicodeError) as error:
            self._drop()
            if _is_silence(error):
                # Each other message would wait for it as long.
                raise MailServerError(_SILENT) from error
            raise MailError(f"de mailserver brak het verzenden af ({type(error).__name__})") from error
        except OSError as error:
            self._drop()
            raise MailServerError(_unreachable(error)) from error
        except Exception as error:
            # Of this message, whatever it is; how far the server is in it, nobody knows.
            self._drop()
            raise MailError(f"het bericht kan niet verzonden worden ({type(error).__name__})") from error
        if refused:
            # The others have it; sending it to all again would only reach them twice.
            left = tuple(one for one in message.recipients if parseaddr(one)[1] in refused)
            why = f"de mailserver weigert een adres ({_codes(refused)}); de anderen hebben het al"
            raise PartlySentError(why, left or message.recipients)

    def leave(self) -> None:
        """Say goodbye. What the server took, it has; that it hangs up rudely changes nothing."""
        if self._server is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
            self._drop()

    def _ready(self) -> smtplib.SMTP:
        """Return a server that listens. One that hung up after the message before is called again: many take only so
        many messages over a connection. Raises ``MailServerError``."""
        if self._server is not None and not _listens(self._server):
            self._drop()
        if self._server is None:
            self._server = self._mailer.connected()
        return self._server

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


def _listens(server: smtplib.SMTP) -> bool:
    try:
        return server.noop()[0] == _OK
    except (smtplib.SMTPException, OSError):
        return False


def _is_silence(error: Exception) -> bool:
    """Say whether a server did not answer in time: smtplib tells it as if it hung up."""
    return isinstance(error.__context__, TimeoutError)


def _unreachable(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return _SILENT
    return f"de mailserver is niet te bereiken ({error.strerror or type(error).__name__})"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _codes(refused: dict[str, tuple[int, bytes]]) -> str:
    return ", ".join(sorted({str(code) for code, _ in refused.values()}))
