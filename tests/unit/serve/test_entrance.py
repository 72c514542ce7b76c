from __future__ import annotations

import asyncio
import re
import ssl
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tornado.httpclient import AsyncHTTPClient
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from casework.errors import ServeError
from casework.serve.entrance import THIS_COMPUTER, Server, read_proxies, secure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Server as Running


def make_pair(folder: Path, name: str, password: bytes = b"") -> tuple[Path, Path]:
    """Write a certificate for this computer, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    shut = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    paths = folder / f"{name}.pem", folder / f"{name}-key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, form, shut))
    return paths


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_pair(tmp_path_factory.mktemp("pair"), "own")


def test_speaks_no_https_without_a_certificate() -> None:
    assert secure(None, None) is None


def test_takes_a_certificate_and_a_key_from_one_file(pair: tuple[Path, Path], tmp_path: Path) -> None:
    both = tmp_path / "both.pem"
    both.write_bytes(pair[0].read_bytes() + pair[1].read_bytes())
    assert isinstance(secure(both, None), ssl.SSLContext)


def test_says_which_file_is_of_no_use(pair: tuple[Path, Path], tmp_path: Path) -> None:
    certificate, key = pair
    other = make_pair(tmp_path, "other")[1]
    shut = make_pair(tmp_path, "shut", b"a password")
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")
    for chosen, said in [
        ((tmp_path / "nowhere.pem", key), "nowhere.pem cannot be read: No such file or directory."),
        ((certificate, tmp_path), "cannot be read: Is a directory."),
        ((certificate, other), "is not that of the certificate in"),
        ((certificate, empty), "as PEM, the key without a password."),
        ((empty, None), "as PEM, the key without a password."),
        (shut, "as PEM, the key without a password."),
    ]:
        with pytest.raises(ServeError, match=re.escape(said)) as told:
            secure(*chosen)
        assert "\n" not in str(told.value)


def test_says_that_a_proxy_has_no_address() -> None:
    with pytest.raises(ServeError, match=r"^'proxy\.example' is no address of a proxy\."):
        read_proxies(["proxy.example"])


class Who(RequestHandler):
    def get(self) -> None:
        self.write(f"{self.request.remote_ip} {self.request.protocol}")


def ask(proxies: tuple, **headers: str) -> str:
    """Ask a server on this computer who asks, as it sees it."""

    async def once() -> str:
        socket, port = bind_unused_port()
        server = Server(Application([("/", Who)]), proxies)
        server.add_sockets([socket])
        try:
            named = {name.replace("_", "-"): text for name, text in headers.items()}
            answer = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/", headers=named)
            return answer.body.decode()
        finally:
            server.stop()
            await server.close_all_connections()

    return asyncio.run(once())


@pytest.mark.parametrize(
    ("headers", "seen"),
    [
        ({}, "127.0.0.1 http"),
        ({"X_Forwarded_For": "203.0.113.7", "X_Forwarded_Proto": "https"}, "203.0.113.7 https"),
        ({"X_Forwarded_For": "198.51.100.1, 203.0.113.7"}, "203.0.113.7 http"),
        ({"X_Real_Ip": "198.51.100.1", "X_Scheme": "https"}, "127.0.0.1 http"),
        ({"X_Forwarded_For": "203.0.113.7", "X_Real_Ip": "198.51.100.1"}, "203.0.113.7 http"),
        ({"X_Forwarded_For": "nonsense", "X_Forwarded_Proto": "gopher"}, "127.0.0.1 http"),
    ],
)
def test_believes_a_proxy_on_this_computer(headers: dict[str, str], seen: str) -> None:
    assert ask(THIS_COMPUTER, **headers) == seen


def test_believes_a_proxy_that_it_was_told_of() -> None:
    assert ask(read_proxies(["127.0.0.0/24"])[-1:], X_Forwarded_For="203.0.113.7") == "203.0.113.7 http"


def test_believes_nobody_else() -> None:
    elsewhere = read_proxies(["10.0.0.5"])[-1:]
    told = {"X_Forwarded_For": "203.0.113.7", "X_Forwarded_Proto": "https", "X_Real_Ip": "203.0.113.7"}
    assert ask(elsewhere, **told) == "127.0.0.1 http"


def test_speaks_https_by_files(
    start: Callable[..., Running], workbooks: Path, tmp_path: Path, pair: tuple[Path, Path]
) -> None:
    certificate, key = pair
    server = start(
        workbooks, tmp_path, guards=f"certificate=pathlib.Path({str(certificate)!r}), key=pathlib.Path({str(key)!r})"
    )
    assert f"casework is at https://localhost:{server.port}" in server.hear("casework is at")
    context = ssl.create_default_context(cafile=str(certificate))
    connection = HTTPSConnection("localhost", server.port, timeout=60, context=context)
    connection.request("GET", "/voila/render/es/goodbye.ipynb")
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    cookies = answer.headers.get_all("Set-Cookie")
    assert answer.status == 200
    assert "La primera despedida" in page
    assert {cookie.partition("=")[0] for cookie in cookies} == {"casework-device", "casework-here", "_xsrf"}
    assert all("secure" in cookie.lower() for cookie in cookies)
    assert server.stop() == 0
