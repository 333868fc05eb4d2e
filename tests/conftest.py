"""Fixtures besides those of the kit's own plugin, `linter` and `compliant`."""

from __future__ import annotations

import signal

import pytest

from reportlint import Linter
from reportlint.testing import Draft

for _name in ("SIGHUP", "SIGINT"):
    # Where the tests run in the background, signals may be ignored, and children would inherit that.
    _number = getattr(signal, _name, None)
    if _number is not None and signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, signal.default_int_handler if _name == "SIGINT" else signal.SIG_DFL)


@pytest.fixture
def zero_report(linter: Linter) -> Draft:
    """A compliant report of an office that received no request."""
    return Draft.compliant("office", year=2023, linter=linter)
