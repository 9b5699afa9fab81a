"""What stands in front of Gehoor where people use it: it speaks HTTPS with browsers, and plain HTTP with us."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.patience import PATIENCE


@contextmanager
def https_in_front(port: int, folder: Path) -> Iterator[int]:
    """Pass on what comes in over HTTPS to a port of this computer; yields the port it listens at."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        stopping = threading.Event()
        listening.settimeout(0.1)

        def accept() -> None:
            while not stopping.is_set():
                with suppress(TimeoutError):
                    connection, _ = listening.accept()
                    threading.Thread(target=_serve, args=(connection, context, port), daemon=True).start()

        running = threading.Thread(target=accept, daemon=True)
        running.start()
        yield listening.getsockname()[1]
        stopping.set()
        running.join(PATIENCE)


def _serve(connection: socket.socket, context: ssl.SSLContext, port: int) -> None:
    # A browser may give up on a connection at any time, and that is no news.
    with suppress(OSError), connection, socket.create_connection(("127.0.0.1", port)) as inside:
        connection.settimeout(PATIENCE)
        with context.wrap_socket(connection, server_side=True) as outside:
            back = threading.Thread(target=_pass_on, args=(inside, outside), daemon=True)
            back.start()
            _pass_on(outside, inside)
            inside.shutdown(socket.SHUT_WR)
            back.join(PATIENCE)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(1 << 16):
            target.sendall(part)


def certificate(folder: Path) -> Path:
    """Write a key and a certificate that this computer made for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gehoor.test")])
    names = [x509.DNSName("gehoor.test"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
        .not_valid_after(datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "https.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file
