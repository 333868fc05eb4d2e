"""How well figures are read from prose: precision and recall over labelled sentences, by class.

    python benchmarks/claims/run.py [FILE…] [--wrong]

Each file holds sentences with the figures that a report's tables hold as well (see README.md
beside this one). A claim that is right has its subject and its value; approximate figures count
on neither side. `--wrong` shows the sentences that were read wrongly.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from reportlint import Claim, Linter, Span
from reportlint.lowering.statements import StatementReader

HERE = Path(__file__).resolve().parent
FILES = ("sentences.toml", "unseen.toml", "typical.toml", "blind.toml")
MYRIAD = 10_000
NONE = "none"


class Score(NamedTuple):
    """Claims that were read and are there, that are not there, and that were not read."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: object) -> Score:
        assert isinstance(other, Score)
        return Score(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


class Sentence(NamedTuple):
    """A labelled text, what was read from it and what should have been."""

    classes: tuple[str, ...]
    text: str
    read: Counter[str]
    labelled: Counter[str]

    @property
    def score(self) -> Score:
        return Score(
            (self.read & self.labelled).total(),
            (self.read - self.labelled).total(),
            (self.labelled - self.read).total(),
        )


def sentences(path: Path, reader: StatementReader) -> Iterator[Sentence]:
    """The sentences of a file, read."""
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["sentence"]:
        text = entry["text"]
        claims = [claim for claim in reader.read(text, [Span(0, len(text))]) if not claim.approximate]
        # The same figure may be stated twice: once is enough on either side.
        read, labelled = {said(claim) for claim in claims}, {label(claim) for claim in entry["claims"]}
        yield Sentence(tuple(entry["class"].split()), text, Counter(read), Counter(labelled))


def said(claim: Claim) -> str:
    """A claim as labels have it: fees in yuan, charges in 10,000 yuan."""
    value = Decimal(claim.value)
    if claim.unit == "%":
        return f"{claim.subject} {value.normalize():f}%"
    if claim.subject == "administrative_fees":
        value *= {"元": Decimal(1) / MYRIAD, "亿元": Decimal(MYRIAD)}.get(claim.unit or "", 1)
    elif claim.unit == "万元":
        value *= MYRIAD
    return f"{claim.subject} {value.normalize():f}"


def label(text: str) -> str:
    subject, value = text.split(" ")
    percent = "%" if value.endswith("%") else ""
    return f"{subject} {Decimal(value.removesuffix('%')).normalize():f}{percent}"


def print_scores(name: str, found: Iterable[Sentence], *, wrong: bool) -> None:
    found = list(found)
    by_class: dict[str, Score] = {}
    for sentence in found:
        for each in sentence.classes:
            by_class[each] = by_class.get(each, Score()) + sentence.score
    total = sum((sentence.score for sentence in found), Score())
    silent = [sentence for sentence in found if not sentence.labelled]
    print(f"\n{name}: {len(found)} sentences, {len(silent)} without a claim, {total.right + total.missed} claims")
    print(f"  {'class':<8} {'right':>6} {'wrong':>6} {'missed':>6} {'precision':>10} {'recall':>8}")
    for each, score in [*sorted(by_class.items()), ("all", total)]:
        recall = "" if each == NONE else f"{score.recall:8.3f}"
        precision = "" if each == NONE else f"{score.precision:10.3f}"
        print(f"  {each:<8} {score.right:>6} {score.wrong:>6} {score.missed:>6} {precision:>10} {recall:>8}")
    if wrong:
        for sentence in found:
            if sentence.read != sentence.labelled:
                print(f"  {' '.join(sentence.classes)} | {sentence.text}")
                print(f"      read too much {sorted(sentence.read - sentence.labelled)}", end="; ")
                print(f"not read {sorted(sentence.labelled - sentence.read)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[HERE / name for name in FILES])
    parser.add_argument("--wrong", action="store_true", help="show the sentences that were read wrongly")
    arguments = parser.parse_args()
    grammars = [grammar for grammar in Linter.from_layers([]).packs.grammars.values() if grammar.kind == "claims"]
    reader = StatementReader(grammars[0])
    for path in arguments.files:
        print_scores(path.name, sentences(path, reader), wrong=arguments.wrong)


if __name__ == "__main__":
    main()
