"""Fixtures: linters with the default configuration, and drafts of the example reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint import Linter
from reportlint.testing import Draft

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "reports"


@pytest.fixture(scope="session")
def linter() -> Linter:
    """The linter of the default configuration. It may be shared: linting changes nothing in it."""
    return Linter.from_layers([])


@pytest.fixture
def compliant(linter: Linter) -> Draft:
    """A compliant report of a town, with figures in its tables."""
    return Draft.from_file(EXAMPLES / "qinghe-town-2024.txt", linter)


@pytest.fixture
def zero_report(linter: Linter) -> Draft:
    """A compliant report of an office that received no request."""
    return Draft.from_file(EXAMPLES / "yunxi-archives-2023.md", linter)
