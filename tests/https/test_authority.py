"""The shop's own authority: what it vouches for, how long, and that a stranger's tools agree."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store

from board.authority import (
    NotOfThisAuthority,
    Signed,
    ends_at,
    names_of,
    new_authority,
    new_certificate,
)
from board.https_files import HttpsFiles

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
NAMES = ("192.168.1.20", "garage", "garage.local")


@pytest.fixture(scope="module")
def authority() -> Signed:
    return new_authority("北京 Baylight", NAMES, NOW)


def test_the_chain_holds_for_its_names_only(authority: Signed) -> None:
    leaf, root = x509.load_pem_x509_certificates(new_certificate(authority, NAMES, NOW).certificate)
    build = PolicyBuilder().store(Store([root])).time(NOW)
    for name in ("garage", "garage.local"):
        assert build.build_server_verifier(x509.DNSName(name)).verify(leaf, [])
    with pytest.raises(x509.verification.VerificationError):
        build.build_server_verifier(x509.DNSName("bank.example")).verify(leaf, [])


def test_it_vouches_for_no_foreign_name(authority: Signed) -> None:
    for name in ("bank.example", "8.8.8.8", "mygarage"):
        with pytest.raises(NotOfThisAuthority):
            new_certificate(authority, (name,), NOW)
    made = new_certificate(authority, ("192.168.77.3", "other.lan"), NOW)
    assert names_of(made.certificate) == ("192.168.77.3", "other.lan")


def test_tablets_take_how_long_it_holds(authority: Signed) -> None:
    made = new_certificate(authority, NAMES, NOW).certificate
    assert ends_at(made) - NOW < timedelta(days=398)
    assert ends_at(authority.certificate) - NOW > timedelta(days=3600)


def test_the_files_are_private_and_renewed_in_time(tmp_path: Path) -> None:
    files = HttpsFiles(tmp_path)
    assert not files.exist()
    files.make("Test", NAMES, NOW)
    assert files.exist()
    assert names_of((files.folder / "server.pem").read_bytes()) == NAMES
    assert {path.stat().st_mode & 0o777 for path in files.folder.iterdir()} == {0o600}
    root, held_until = files.authority(), files.ends_at()
    assert not files.renew(NOW + timedelta(days=300))
    assert files.renew(NOW + timedelta(days=360))
    assert files.ends_at() > held_until
    assert (files.authority(), files.names()) == (root, NAMES)
    files.load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
    files.make("Test", NAMES, NOW, anew=True)
    assert files.authority() != root
    files.remove()
    assert not files.exist()
