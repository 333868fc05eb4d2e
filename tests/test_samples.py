"""The documents that pages take their examples from are those that are made here."""

from __future__ import annotations

import pytest

from .samples import FOLDER, samples
from .words import unpacked


def test_every_sample_is_there_and_no_other() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(samples())


@pytest.mark.parametrize("name", samples())
def test_a_sample_is_what_is_made_of_the_report(name: str) -> None:
    assert unpacked((FOLDER / name).read_bytes()) == unpacked(samples()[name]), "python -m tests.samples"
