"""How requests come in: over HTTPS, if there are files for it, and whose word about where they come from is taken."""

from __future__ import annotations

import ssl
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPMessageDelegate

from casework.errors import ServeError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence
    from pathlib import Path

    from tornado.httputil import HTTPConnection, HTTPHeaders, RequestStartLine, ResponseStartLine
    from tornado.web import Application, RequestHandler

Network = IPv4Network | IPv6Network

THIS_COMPUTER = (ip_network("127.0.0.0/8"), ip_network("::1/128"))

TOLD = ("X-Forwarded-For", "X-Forwarded-Proto")
"""What a proxy tells: who asked it, and whether over HTTPS. Each proxy adds to these what it has seen itself."""

NEVER_BELIEVED = ("X-Real-Ip", "X-Scheme")
"""Means the same, but many proxies pass on what whoever asks has written there."""


def read_proxies(addresses: Sequence[str]) -> tuple[Network, ...]:
    """Return the proxies whose word is taken: those on this computer, and those at some addresses.

    Raises
    ------
    ServeError
        If one of them is no address.
    """
    found = list(THIS_COMPUTER)
    for each in addresses:
        try:
            found.append(ip_network(each))
        except ValueError as error:
            msg = f"'{each}' is no address of a proxy. Write it as numbers, such as --proxy 10.0.0.5 or 10.0.0.0/24."
            raise ServeError(msg) from error
    return tuple(found)


def secure(certificate: Path | None, key: Path | None) -> ssl.SSLContext | None:
    """Return what HTTPS is spoken with; None where it is not spoken.

    Raises
    ------
    ServeError
        If one of the files is of no use.
    """
    if certificate is None:
        return None
    for each in (certificate, key or certificate):
        try:
            each.read_bytes()
        except OSError as error:
            msg = f"{each} cannot be read: {error.strerror}. It is needed for HTTPS; see --certificate and --key."
            raise ServeError(msg) from error
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(certificate, key, password=lambda: b"")  # else the terminal would be asked for it
    except (ssl.SSLError, ValueError) as error:
        raise ServeError(_why_not(certificate, key or certificate, str(error))) from error
    return context


def _why_not(certificate: Path, key: Path, why: str) -> str:
    if "MISMATCH" in why.upper():
        return f"The key in {key} is not that of the certificate in {certificate}. Name two that were made together."
    return (
        f"HTTPS cannot be spoken with {certificate} and {key}: they are to hold a certificate and its key as PEM, "
        "the key without a password."
    )


def caller(handler: RequestHandler) -> str:
    """Return the address that something is counted for: wrong codes, or people who are new.

    What is said of it in a request is believed of known proxies only: else whoever guesses codes could claim to be
    somebody else each time.
    """
    return str(handler.request.remote_ip)


class Server(HTTPServer):
    """Tornado's server, which believes proxies that it was told of, and nobody else."""

    def initialize(  # type: ignore[override]
        self, app: Application, proxies: Sequence[Network] = THIS_COMPUTER, **options: object
    ) -> None:
        """Take the application, and the proxies that are believed."""
        super().initialize(app, xheaders=True, **options)  # type: ignore[arg-type]
        self._proxies = tuple(proxies)

    def start_request(self, server_conn: object, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        """Take a request in, without what is not to be believed of it."""
        context = request_conn.context  # type: ignore[attr-defined]
        believed = _is_in(context.remote_ip, self._proxies)
        return _Doubting(super().start_request(server_conn, request_conn), () if believed else TOLD)


def _is_in(address: str, networks: Sequence[Network]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in each for each in networks)


class _Doubting(HTTPMessageDelegate):
    """Takes headers away that are not to be believed, before anybody reads them."""

    def __init__(self, delegate: HTTPMessageDelegate, doubted: Sequence[str]) -> None:
        self._delegate, self._doubted = delegate, (*NEVER_BELIEVED, *doubted)

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        for name in self._doubted:
            headers.pop(name, None)
        return self._delegate.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        return self._delegate.data_received(chunk)

    def finish(self) -> None:
        self._delegate.finish()

    def on_connection_close(self) -> None:
        self._delegate.on_connection_close()
