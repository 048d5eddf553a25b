"""An address as a QR code to scan from paper or a screen, drawn as inline svg."""

import segno

_BORDER_MODULES = 4


def qr_svg(address: str) -> str:
    """The svg element of the code; black on white whatever the page's colours are.

    Its size comes from the page's style sheet, by the class `qr`.
    """
    code = segno.make_qr(address, error="m")
    return code.svg_inline(
        omitsize=True, border=_BORDER_MODULES, dark="#000", light="#fff", svgclass="qr"
    )
