"""How devices and channels are written in the shop's files."""

import re

from board.core.slips import slip

STABLE_ID = re.compile(
    r"native:[a-z0-9-]{1,40}\Z|z2m:0x[0-9a-f]{16}\Z"
    r"|(?:tasmota|shelly|esphome|homie|ha|spb|lora|frigate|ble|nuki|esprfid):[\w][\w ./:-]{0,119}\Z"
)
CHANNEL = re.compile(r"[a-z_]{1,20}(?:-[\w ./:-]{1,99})?\Z")
WRONG_DEVICE = slip("device_id", key="device")
WRONG_CHANNEL = slip("channel_form")
