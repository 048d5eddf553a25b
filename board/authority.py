"""A shop's own certificate authority, and the certificate of its server that it signs.

Pure: bytes in, bytes out; knows no files and no clock. Keys are P-256, the oldest tablets know it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
SERVER_DAYS = 397
"""Apple's devices take no longer ones for what a browser asks (825 of an own authority)."""

RENEW_DAYS = 45
"""So many days before its end a certificate is made anew."""

_EARLY = timedelta(days=1)
_DOMAINS = ("local", "lan", "internal", "home.arpa", "localhost")
_NETWORKS = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "fc00::/7",
    "fe80::/10",
    "::1/128",
)


class NotOfThisAuthority(Exception):
    """A name that the authority was not made for, told for a person."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A key and its certificate, both PEM. The key is secret."""

    key: bytes
    certificate: bytes


def new_authority(shop: str, names: Sequence[str], now: datetime) -> Signed:
    """An authority that can vouch for these names and for private addresses, and nothing else.

    Whoever steals its key can so pretend to be this shop's server, but no bank.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = _named(f"Baylight {shop}".strip())
    made = (
        _certificate(name, name, key, now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_others=True), critical=True)
        .add_extension(x509.NameConstraints(list(_permitted(names)), None), critical=True)
    )
    return Signed(_pem(key), made.sign(key, hashes.SHA256()).public_bytes(_PEM))


def new_certificate(authority: Signed, names: Sequence[str], now: datetime) -> Signed:
    """A server's key, and its certificate with that of the authority behind it.

    NotOfThisAuthority for a name that the authority must not vouch for.
    """
    root = x509.load_pem_x509_certificate(authority.certificate)
    signing = serialization.load_pem_private_key(authority.key, None)
    assert isinstance(signing, ec.EllipticCurvePrivateKey)
    _require_permitted(root, names)
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        _certificate(_named(names[0]), root.subject, key, now, SERVER_DAYS, root)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_others=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(list(map(_general, names))), critical=False)
    )
    chain = made.sign(signing, hashes.SHA256()).public_bytes(_PEM) + authority.certificate
    return Signed(_pem(key), chain)


def names_of(certificate: bytes) -> tuple[str, ...]:
    """The names and addresses that a server's certificate stands for."""
    found = x509.load_pem_x509_certificate(certificate)
    said = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return tuple(str(each.value) for each in said)


def ends_at(certificate: bytes) -> datetime:
    """Until when a certificate holds, aware UTC."""
    return x509.load_pem_x509_certificate(certificate).not_valid_after_utc


def fingerprint(certificate: bytes) -> str:
    """The SHA-256 by which people compare certificates: pairs with colons."""
    found = x509.load_pem_x509_certificate(certificate)
    return found.fingerprint(hashes.SHA256()).hex(":").upper()


def der(certificate: bytes) -> bytes:
    """The form in which tablets take an authority."""
    return x509.load_pem_x509_certificate(certificate).public_bytes(serialization.Encoding.DER)


_PEM = serialization.Encoding.PEM


def _named(name: str) -> x509.Name:
    # 64 is what the standard allows.
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    days: int,
    by: x509.Certificate | None = None,
) -> x509.CertificateBuilder:
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    signer = by.public_key() if by is not None else key.public_key()
    assert isinstance(signer, ec.EllipticCurvePublicKey)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # Tablets whose clock is some hours slow should not refuse it on the first day.
        .not_valid_before(now - _EARLY)
        .not_valid_after(now + timedelta(days=days) - _EARLY)
        .add_extension(own, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer), critical=False)
    )


def _usage(*, signs_others: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_others,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_others,
        crl_sign=signs_others,
        encipher_only=False,
        decipher_only=False,
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _permitted(names: Iterable[str]) -> Iterable[x509.GeneralName]:
    own = [each.value for each in map(_general, names) if isinstance(each, x509.DNSName)]
    yield from map(x509.DNSName, dict.fromkeys((*_DOMAINS, *own)))
    yield from (x509.IPAddress(ip_network(each)) for each in _NETWORKS)
    given = [each.value for each in map(_general, names) if isinstance(each, x509.IPAddress)]
    yield from (x509.IPAddress(ip_network(str(each))) for each in given)


def _require_permitted(root: x509.Certificate, names: Iterable[str]) -> None:
    said = root.extensions.get_extension_for_class(x509.NameConstraints).value
    allowed = said.permitted_subtrees or ()
    for name in names:
        if not any(_covers(tree, _general(name)) for tree in allowed):
            raise NotOfThisAuthority(name)


def _covers(tree: x509.GeneralName, name: x509.GeneralName) -> bool:
    if isinstance(tree, x509.DNSName) and isinstance(name, x509.DNSName):
        return name.value == tree.value or name.value.endswith(f".{tree.value}")
    if isinstance(tree, x509.IPAddress) and isinstance(name, x509.IPAddress):
        network, at = ip_network(str(tree.value)), ip_address(str(name.value))
        return at in network
    return False


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    plain = serialization.NoEncryption()
    return key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, plain)
