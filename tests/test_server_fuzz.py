"""Random edits: after each, what the server says of its text is what a fresh lint says of the client's own copy.

`EDITS` in the environment makes it longer: `EDITS=20000 pytest tests/test_server_fuzz.py`.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

from reportlint import Linter, Result
from reportlint.source import Source

from .client import Client, ready, span

pytest.importorskip("pygls", reason="the server needs the extra lsp")

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
# Not one whose form is not among the usual ones.
TEXTS = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*-202*.*"))]
EDITS = int(os.environ.get("EDITS", "400"))
SEEDS = 4
ENDS = ("\n", "\r\n", "\r")
PIECES = (
    "",
    "",
    "0",
    "12",
    "3",
    "，",
    "。",
    "𠮷",
    "𬭎",
    "\t",
    "|",
    " ",
    "　",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "\f",
    "\u2028",
    "\x85",
    "\ufeff",
    "\udfb8",
    "\ud842",
    "一、总体情况",
    "本年度未收到政府信息公开申请。",
    "| 总计 | 1 | 0 |",
    "(一)",
)


class Copy:
    """The text as a client keeps it: in units of UTF-16, with its own idea of lines."""

    def __init__(self, text: str) -> None:
        self.units = self.split(text)

    @staticmethod
    def split(text: str) -> list[int]:
        data = text.encode("utf-16-le", "surrogatepass")
        return [data[index] | data[index + 1] << 8 for index in range(0, len(data), 2)]

    @property
    def text(self) -> str:
        return b"".join(unit.to_bytes(2, "little") for unit in self.units).decode("utf-16-le", "surrogatepass")

    def lines(self) -> list[tuple[int, int]]:
        """Where each line begins, and where what belongs to it ends."""
        found, start, index = [], 0, 0
        while index < len(self.units):
            unit = self.units[index]
            index += 1
            if unit not in (10, 13):
                continue
            end = index - 1
            if unit == 13 and self.units[index : index + 1] == [10]:
                index += 1
            found.append((start, end))
            start = index
        return [*found, (start, len(self.units))]

    def offset(self, line: int, character: int) -> int:
        lines = self.lines()
        if line < 0:
            return 0
        if line >= len(lines):
            return len(self.units)
        start, end = lines[line]
        return min(start + max(character, 0), end)

    def edit(self, first: tuple[int, int], second: tuple[int, int], text: str) -> None:
        start, end = sorted((self.offset(*first), self.offset(*second)))
        self.units[start:end] = self.split(text)


def place(chance: random.Random, copy: Copy) -> tuple[int, int]:
    """Somewhere in the text, or not quite."""
    lines = copy.lines()
    line = chance.randrange(len(lines))
    start, end = lines[line]
    if chance.random() < 0.05:
        return chance.choice([(line, end - start + 7), (len(lines) + 3, 2), (-1, 0), (line, -2), (2**31, 2**31)])
    return line, chance.randint(0, end - start)


def change(chance: random.Random, copy: Copy) -> dict[str, Any]:
    """A change, made in the copy as well."""
    kind = chance.random()
    if kind < 0.01:
        text = chance.choice(TEXTS).replace("\n", chance.choice(ENDS))
        copy.units = copy.split(text)
        return {"text": text}
    first = place(chance, copy)
    second = (first[0], first[1] + chance.choice((0, 0, 1, 2, 5))) if kind < 0.9 else place(chance, copy)
    if kind >= 0.9 and abs(second[0] - first[0]) > 3:
        # Not too much at once, or there would soon be no report.
        second = (first[0] + chance.choice((-1, 1, 2)), chance.randint(0, 9))
    text = "".join(chance.choice(PIECES) for _ in range(chance.choice((0, 1, 1, 1, 2))))
    copy.edit(first, second, text)
    if chance.random() < 0.1:
        first, second = second, first
    return {"range": span(*first, *second), "text": text}


def expected(linter: Linter, text: str, path: str) -> list[tuple[Any, ...]]:
    """What a fresh lint says, by lines and units that are counted here."""
    result: Result = linter.lint(Source(text, path))
    copy = Copy(text)
    lines = copy.lines()
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if character > "\uffff" else 1))

    def at(offset: int) -> tuple[int, int]:
        unit = units[offset]
        line = max(index for index, (start, _) in enumerate(lines) if start <= unit)
        return line, unit - lines[line][0]

    whole = len(text) - len(text.lstrip()) if text.strip() else 0
    return [
        (
            each.rule,
            each.message,
            at(whole if each.span is None else each.span.start),
            at(whole if each.span is None else each.span.end),
            each.fingerprint,
            tuple(note.message for note in each.notes),
        )
        for each in result.diagnostics
    ]


def told(diagnostics: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [
        (
            each["code"],
            each["message"],
            (each["range"]["start"]["line"], each["range"]["start"]["character"]),
            (each["range"]["end"]["line"], each["range"]["end"]["character"]),
            each["data"]["fingerprint"],
            tuple(note["message"] for note in each.get("relatedInformation", ())),
        )
        for each in diagnostics
    ]


@pytest.fixture(scope="module")
def linter() -> Linter:
    """One that was made where the server is: without a repository, fingerprints are of the path from there."""
    with chdir(EXAMPLES):
        return Linter.from_layers([])


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with ready(EXAMPLES) as one:
        yield one


@pytest.mark.parametrize("seed", range(SEEDS))
def test_after_every_edit_the_findings_are_those_of_the_text(client: Client, linter: Linter, seed: int) -> None:
    chance = random.Random(seed)
    end = ENDS[seed % len(ENDS)]
    text = chance.choice(TEXTS).replace("\n", end)
    if seed % 4 == 3:
        text = "".join(chance.choice(ENDS) if character == "\n" else character for character in text)
    copy = Copy(text)
    path = EXAMPLES / f"fuzz-{seed}.txt"
    uri = client.open(path, text)
    done, with_findings = 0, 0
    while done < EDITS // SEEDS:
        changes = [change(chance, copy) for _ in range(chance.choice((1, 1, 1, 1, 3)))]
        done += len(changes)
        version = client.change(uri, *changes)
        found = client.diagnostics(uri)
        with_findings += len(found) > 1
        assert told(found) == expected(linter, copy.text, str(path)), (seed, version, changes)
        client.forget()
        if len(copy.units) > 8_000 or (found and found[0]["code"] == "reportlint/not-a-report"):
            copy = Copy(chance.choice(TEXTS).replace("\n", end))
            client.change(uri, copy.text)
    client.close(uri)
    # The texts stay reports with something to find for most of the time.
    assert with_findings > done // 4
