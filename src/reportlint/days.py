"""Days as `YYYY-MM-DD`, which sort as they follow one another."""

from __future__ import annotations

from reportlint.errors import ReportlintError

_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


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


def moment() -> str:
    """This moment where the computer stands, as documents have it; the one that SOURCE_DATE_EPOCH names, in UTC.

    ReportlintError where that is no number of seconds.
    """
    import os
    import time

    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return time.strftime(_MOMENT)
    try:
        return time.strftime(_MOMENT, time.gmtime(int(given)))
    except (ValueError, OverflowError, OSError) as error:
        raise ReportlintError(f"环境变量 SOURCE_DATE_EPOCH 应为秒数，现为 {given}") from error
