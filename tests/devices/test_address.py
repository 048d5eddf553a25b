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


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://broker", "must begin with"),
        ("broker:1883", "must begin with"),
        ("mqtt://", "names no host"),
        ("mqtt://user:secret@broker:99999", "has a port"),
        ("mqtt://user:secret@broker:port", "has a port"),
        ("mqtt://user:secret@broker/shop", "must not have a path"),
    ],
)
def test_a_wrong_url_is_explained(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as fault:
        read_address(url)
    assert "secret" not in str(fault.value)
