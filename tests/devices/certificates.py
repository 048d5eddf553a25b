"""Certificates for tests: an authority, and what it vouches for on the loopback interface."""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.devices.waiting import now


@dataclass(frozen=True)
class Vouched:
    """A certificate and its key, as files."""

    certificate: Path
    key: Path


class Authority:
    """Vouches for itself and for others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named("authority")
        self.own = self._written("authority", self._key, self._name, days=1)

    def vouch(self, name: str, days: int = 1) -> Vouched:
        """For a program on the loopback interface; for one of so many days ago if negative."""
        return self._written(name, ec.generate_private_key(ec.SECP256R1()), _named(name), days)

    def _written(
        self, name: str, key: ec.EllipticCurvePrivateKey, subject: x509.Name, days: int
    ) -> Vouched:
        address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now() - timedelta(days=9))
            .not_valid_after(now() + timedelta(days=days))
            .add_extension(x509.SubjectAlternativeName([address]), critical=False)
            .add_extension(x509.BasicConstraints(ca=key is self._key, path_length=None), True)
            .sign(self._key, hashes.SHA256())
        )
        files = Vouched(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        files.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        files.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return files


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
