"""Words for what stands on a reception sheet: English message ids, translated at the edges."""

from board.core.sheet import Lamp, MarkKind

LAMP: dict[str, str] = {
    Lamp.engine: "Engine",
    Lamp.oil: "Oil pressure",
    Lamp.battery: "Battery charge",
    Lamp.coolant: "Coolant temperature",
    Lamp.brakes: "Brakes",
    Lamp.abs: "ABS",
    Lamp.stability: "Stability control",
    Lamp.airbag: "Airbag",
    Lamp.steering: "Power steering",
    Lamp.tyres: "Tyre pressure",
    Lamp.drive: "Electric drive",
    Lamp.service: "Service due",
}
MARK: dict[str, str] = {
    MarkKind.scratch: "Scratch",
    MarkKind.dent: "Dent",
    MarkKind.crack: "Crack",
    MarkKind.paint: "Paint off",
    MarkKind.missing: "Part missing",
}
