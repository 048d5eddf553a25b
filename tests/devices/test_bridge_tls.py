"""The bridge over TLS: it trusts the authority it was given and nobody else."""

import asyncio
import gc
import ipaddress
import ssl
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from devices.address import BrokerAddress
from tests.devices.bridges import Cable, bridge_to, listening
from tests.devices.waiting import now, until, until_subscribed
from tests.servers.mosquitto import Mosquitto


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for the loopback interface that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "broker")])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "broker.pem", folder / "broker.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, secret


def server_side(certificate: Path, secret: Path) -> ssl.SSLContext:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, secret)
    return tls


def test_a_broker_with_a_trusted_certificate_is_used(mosquitto: Mosquitto, tmp_path: Path) -> None:
    certificate, secret = make_certificate(tmp_path)

    async def scenario() -> None:
        tls = server_side(certificate, secret)
        async with listening(Cable(mosquitto.port).carry, tls) as port:
            address = BrokerAddress("127.0.0.1", port, tls=True, ca_file=str(certificate))
            async with bridge_to(address) as (bridge, deliveries):
                await until_subscribed(deliveries)
                await until(lambda: bridge.fault == "", "the connection")

    asyncio.run(scenario())


# paho leaves the socket of a failed handshake to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_broker_nobody_vouches_for_is_not_used(mosquitto: Mosquitto, tmp_path: Path) -> None:
    certificate, secret = make_certificate(tmp_path)

    async def scenario() -> None:
        tls = server_side(certificate, secret)
        async with listening(Cable(mosquitto.port).carry, tls) as port:
            address = BrokerAddress("127.0.0.1", port, tls=True)
            async with bridge_to(address) as (bridge, _):
                await until(lambda: "certificate verify failed" in bridge.fault, "the refusal")

    asyncio.run(scenario())
    gc.collect()
