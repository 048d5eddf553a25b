"""A broker's URL is read, and a wrong one is explained without showing its password."""

import pytest

from devices.address import BrokerAddress, read_address


def test_user_password_and_port_are_read() -> None:
    found = read_address("mqtt://shop:p%40ss%3Aword@broker.example:1884")
    assert found == BrokerAddress("broker.example", 1884, "shop", "p@ss:word")
    assert "p@ss" not in repr(found)
    assert str(found) == "mqtt://broker.example:1884"


def test_tls_has_its_own_port_and_may_name_an_authority() -> None:
    assert read_address("mqtts://broker.example?ca=/etc/shop/ca.pem") == BrokerAddress(
        "broker.example", 8883, tls=True, ca_file="/etc/shop/ca.pem"
    )


def test_certificates_and_the_password_may_stand_in_files() -> None:
    found = read_address("mqtts://shop@broker?ca=/a.pem&cert=/c.pem&key=/k.pem&password_file=/p")
    assert found.files == ("/a.pem", "/c.pem", "/k.pem", "/p")
    assert (found.certificate_file, found.password_file) == ("/c.pem", "/p")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mqtts://user:secret@broker?cafile=x", "may have ca, cert, key, password_file"),
        ("mqtt://user:secret@broker?ca=x", "only mqtts"),
        ("mqtts://user:secret@broker?key=x", "a key without the certificate"),
        ("mqtts://user:secret@broker?password_file=x", "no password beside"),
        ("mqtts://broker?password_file=secret", "needs a user"),
        ("http://broker", "must begin with"),
        ("broker:1883", "must begin with"),
        ("mqtt://", "names no host"),
        ("mqtt://user:secret@broker:99999", "has a port"),
        ("mqtt://user:secret@broker:port", "has a port"),
        ("mqtt://user:secret@broker/shop", "must not have a path"),
        *((f"mqtt://user:1{sign}secret@broker", "percent-encoded: # is") for sign in "#/?["),
    ],
)
def test_a_wrong_url_is_explained(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as fault:
        read_address(url)
    assert "secret" not in str(fault.value)
