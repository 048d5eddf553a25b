"""What a broker's refusal or silence means, in a sentence for people."""

import socket
import ssl

from paho.mqtt.reasoncodes import ReasonCode

from board.core.slips import sentence
from devices.mqtt_client import Plan

_UNSPECIFIED = 128
_CERTIFICATES = {
    9: "certificate_early",
    10: "certificate_over",
    **dict.fromkeys((18, 19, 20, 21), "certificate_alien"),
    **dict.fromkeys((62, 64), "certificate_name"),
}
"""Why OpenSSL does not accept a certificate, by its number; for all else it has words itself."""


def refusal(one: str, reason: ReasonCode) -> str:
    """What a broker's answer to one filter means for people; '' when it is as it should be."""
    if reason.is_failure:
        return (
            f"The broker does not let us hear {one} ({reason}): what is said there is lost; "
            "allow it in the broker's rights."
        )
    if reason.value == 0:
        return f"The broker delivers {one} without acknowledgement: a press may get lost there."
    return ""


def ended(reason: ReasonCode) -> str:
    """Why a connection that stood is over; paho's word for a line that was cut says nothing."""
    if reason.value == _UNSPECIFIED:
        return sentence("link_ended")
    return sentence("link_lost", reason=reason)


def no_answer(plan: Plan, fault: BaseException | None) -> str:
    """Why there is no connection."""
    address = plan.address
    if isinstance(fault, ssl.SSLCertVerificationError):
        code = _CERTIFICATES.get(fault.verify_code, "certificate_refused")
        return sentence(code, address=address, reason=fault.verify_message.rstrip("."))
    if isinstance(fault, ssl.SSLError):
        return sentence("no_encryption", address=address, reason=fault.reason)
    if isinstance(fault, socket.gaierror):
        return sentence("no_such_name", host=address.host)
    reason = (isinstance(fault, OSError) and fault.strerror) or fault
    return sentence("no_answer", address=address, reason=reason)
