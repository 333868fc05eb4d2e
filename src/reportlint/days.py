"""Days as `YYYY-MM-DD`, which sort as they follow one another."""

from __future__ import annotations


def today() -> str:
    """This day, where the computer stands."""
    import time

    return time.strftime("%Y-%m-%d")


def day(value: object) -> str | None:
    """A date of TOML, or a text with one, as text; None for anything else, and for days that there are not."""
    from datetime import date

    if type(value) is date:
        return value.isoformat()
    if not isinstance(value, str) or len(value) != len("YYYY-MM-DD"):
        return None
    try:
        return value if date.fromisoformat(value).isoformat() == value else None
    except ValueError:
        return None
