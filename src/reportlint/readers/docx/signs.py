"""Symbols that stand in a document as a number in a font (`w:sym`): the character that they look like."""

from __future__ import annotations

_UNKNOWN = "\ufffd"
_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□",
    0x74: "◆", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x81 + number: chr(0x2460 + number) for number in range(10)},
}  # fmt: skip
_WINGDINGS_2 = {0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0xA3: "□"}
_SYMBOL = {
    0x2D: "−", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
    0xA5: "∞", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xBC: "…", 0xD7: "·", 0xE5: "∑", 0xD6: "√",
    **{code: chr(code) for code in b" !%()+,./:;0123456789"},
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_PRIVATE = range(0xF000, 0xF100)


def sign(font: str, code: str) -> tuple[str, str]:
    """The character, and why there is a doubt about it."""
    try:
        number = int(code[:8], 16)
    except ValueError:
        number = 0
    known = _FONTS.get(font.strip().lower())
    if known is not None:
        found = known.get(number - 0xF000 if number in _PRIVATE else number)
        if found is not None:
            return found, ""
    elif number in range(0x20, 0xD800) or number in range(0xF900, 0xFFF0):
        return chr(number), ""
    return _UNKNOWN, "有一个符号不知道是什么字"
