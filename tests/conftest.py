"""Fixtures besides those of the kit's own plugin, `linter` and `compliant`."""

from __future__ import annotations

import pytest

from reportlint import Linter
from reportlint.testing import Draft


@pytest.fixture
def zero_report(linter: Linter) -> Draft:
    """A compliant report of an office that received no request."""
    return Draft.compliant("office", year=2023, linter=linter)
