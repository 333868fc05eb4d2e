"""Made-up annual reports in the form of 2021, as many as a benchmark wants.

    python benchmarks/corpus.py FOLDER COUNT

A seed makes the same text every time. Names, years, figures, wording, numbering, line spacing and
the shape of the tables vary with it. All sums hold, but in the share `BROKEN_SHARE` of the seeds
one figure of table three or four is wrong: `is_broken` tells which.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import corpus_words as words
from corpus_tables import SHAPES, SIZE_WEIGHTS, SIZES, Figures, break_one, make_figures, write_tables

BROKEN_SHARE = 0.15
FEWEST_CHARACTERS, MOST_CHARACTERS = 1_300, 2_500
SPACED_SHARE = 0.4
SECTIONS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
ASPECTS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
ORDINALS = "一二三四五六七八九十"
_NUMBER_IN_WORDS = re.compile(r"(?<=[\u4e00-\u9fff])(\d[\d.]*)(?=[\u4e00-\u9fff])")


class Office(NamedTuple):
    """Who reports: the full name, how it calls itself, and whether it is a government."""

    name: str
    we: str
    is_government: bool


def is_broken(seed: int) -> bool:
    """Whether the report of a seed has a wrong figure."""
    return random.Random(seed).random() < BROKEN_SHARE


def shape_of(seed: int) -> str:
    """The shape that the tables of a seed have unless another is asked for."""
    return SHAPES[random.Random(f"shape {seed}").randrange(len(SHAPES))]


def file_name(seed: int) -> str:
    """The name under which `make_corpus` stores the report of a seed."""
    return f"report-{seed:06d}.txt"


def make_report(seed: int, shape: str | None = None) -> str:
    """The report of a seed."""
    rng = random.Random(seed)
    broken = rng.random() < BROKEN_SHARE
    size = rng.choices(SIZES, SIZE_WEIGHTS)[0]
    office = _make_office(rng, size)
    year = rng.randint(2021, 2025)
    figures = make_figures(rng, size)
    slots = words.Slots(rng, year=str(year), we=office.we)
    opening, overview, improvement, other = _Prose(rng, slots, office, figures).write()
    if broken:
        break_one(rng, figures)
    opening.insert(0, f"{office.name}{year}年政府信息公开工作年度报告")
    if rng.random() < SPACED_SHARE:
        for part in (opening, overview, improvement, other):
            part[:] = [_NUMBER_IN_WORDS.sub(r" \1 ", paragraph) for paragraph in part]
    two, three, four = write_tables(figures, shape or shape_of(seed))
    paragraphs = opening
    for heading, body in zip(SECTIONS, (overview, [two], [three], [four], improvement, other), strict=True):
        paragraphs += [heading, *body]
    return rng.choice(("\n", "\n\n", "\n\n")).join(paragraphs) + "\n"


def make_corpus(folder: Path | str, count: int, first_seed: int = 0) -> list[Path]:
    """Write the reports of `count` seeds into a folder, a file each."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for seed in range(first_seed, first_seed + count):
        path = folder / file_name(seed)
        path.write_text(make_report(seed), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def _make_office(rng: random.Random, size: str) -> Office:
    kind = rng.choice(("县", "区"))
    county = rng.choice(words.COUNTY_FIRST) + rng.choice(words.COUNTY_SECOND) + kind
    if size == "large":
        return Office(f"{county}人民政府", f"我{kind}", is_government=True)
    if rng.random() < 0.4:
        return Office(county + rng.choice(words.BUREAUS), "我局", is_government=False)
    town = rng.choice(words.TOWN_FIRST) + rng.choice(words.TOWN_SECOND)
    if rng.random() < 0.2:
        return Office(f"{county}{town}街道办事处", "我街道", is_government=True)
    level = rng.choice(("镇", "乡"))
    return Office(f"{county}{town}{level}人民政府", f"我{level}", is_government=True)


class _Prose:
    """The prose of one report, consistent with its figures and of a length drawn once."""

    def __init__(self, rng: random.Random, slots: words.Slots, office: Office, figures: Figures) -> None:
        self._rng = rng
        self._slots = slots
        self._office = office
        self._figures = figures

    def write(self) -> tuple[list[str], list[str], list[str], list[str]]:
        """The paragraphs before the first section, and those of sections one, five and six."""
        rng = self._rng
        wanted = rng.randint(FEWEST_CHARACTERS, MOST_CHARACTERS)
        opening = [self._fill(text) for text in words.PREFACE if rng.random() < 0.35]
        other = [self._fee(), *self._some(words.CLOSING, rng.randint(0, 2))]
        count = rng.randint(3, 5)
        improvement = self._improvement(count)
        bodies = [[], [self._requests(), self._remedies()], [], [], self._government()]
        written = sum(len(text) for part in (opening, other, improvement, *bodies) for text in part)
        general: list[str] = []
        for body, sentence in self._more():
            if written >= wanted:
                break
            filled = self._fill(sentence)
            written += len(filled)
            (general if body < 0 else bodies[body]).append(filled)
        return opening, [*general[:1], *self._aspects(bodies, general[1:])], improvement, other

    def _fill(self, sentence: str) -> str:
        return sentence.format_map(self._slots)

    def _some(self, sentences: tuple[str, ...], count: int) -> list[str]:
        return [self._fill(sentence) for sentence in self._rng.sample(sentences, count)]

    def _more(self) -> Iterator[tuple[int, str]]:
        """Sentences for the parts of section one, turn by turn; part -1 is its general opening."""
        parts = (words.PROACTIVE, words.ON_REQUEST, words.MANAGEMENT, words.PLATFORM, words.SUPERVISION)
        pools = (words.OVERVIEW, *parts)
        shuffled = [self._rng.sample(pool, len(pool)) for pool in pools]
        for turn in range(max(len(pool) for pool in shuffled)):
            for part, pool in enumerate(shuffled, -1):
                if turn < len(pool):
                    yield part, pool[turn]

    def _aspects(self, bodies: list[list[str]], general: list[str]) -> list[str]:
        mark = self._rng.choice(("（{}）{}。", "（{}）{}情况。", "（{}）{}：", "（{}）{}方面。"))
        heads = [mark.format(ORDINALS[i], aspect) for i, aspect in enumerate(ASPECTS)]
        paragraphs = [head + "".join(body) for head, body in zip(heads, bodies, strict=True)]
        return [*(["".join(general)] if general else []), *paragraphs]

    def _improvement(self, count: int) -> list[str]:
        found = self._some(words.PROBLEMS, count)
        planned = self._some(words.IMPROVEMENTS, count)
        lead, turn = self._rng.choice(
            (
                ("{year}年的工作还存在以下问题：", "针对上述问题，{we}已着手改进："),
                ("对照上级要求和{people}期待，{we}仍有不足：", "下一步的改进措施是："),
                ("自查中发现的主要问题有：", "改进情况："),
            )
        )
        return [self._fill(lead) + _listed(found), self._fill(turn) + _listed(planned)]

    def _requests(self) -> str:
        texts: tuple[str, ...]
        received, brought = (row[-1] for row in self._figures.requests[:2])
        processed, carried = (row[-1] for row in self._figures.requests[-2:])
        if received == brought == processed == carried == 0:
            texts = (
                "{year}年{we}的登记簿上没有新的来件，未收到政府信息公开申请。",
                "本年度{we}没有收到政府信息公开申请，也没有上年结转的申请。",
                "窗口、信箱和网上渠道全年共收到政府信息公开申请0件。",
                "经{office}核对登记簿，{year}年未收到任何形式的政府信息公开申请。",
            )
        else:
            texts = (
                f"{{year}}年，{{we}}新收政府信息公开申请{received}件，上年结转{brought}件，"
                f"结转下年度继续办理{carried}件。",
                f"全年共收到政府信息公开申请{received}件，结转下年度继续办理{carried}件，其余都在期限内办完。",
                f"{{we}}{{year}}年新收政府信息公开申请{received}件，加上上年结转{brought}件，"
                f"年内办结{processed}件，结转下年度继续办理{carried}件。",
            )
        return self._fill(self._rng.choice(texts))

    def _remedies(self) -> str:
        texts: tuple[str, ...]
        review, direct, after = (row[-1] for row in self._figures.remedies)
        if review == direct == after == 0:
            texts = (
                "全年未发生因公开政府信息而引起的行政复议、行政诉讼案件。",
                "{year}年{we}没有因政府信息公开工作被申请行政复议，也没有因此被提起行政诉讼。",
                "与政府信息公开有关的行政复议0件、行政诉讼0件。",
            )
        else:
            texts = (
                f"与政府信息公开有关的行政复议{review}件、行政诉讼{direct + after}件。",
                f"全年因政府信息公开工作被申请行政复议{review}件，被提起行政诉讼{direct + after}件。",
            )
        return self._fill(self._rng.choice(texts))

    def _government(self) -> list[str]:
        if not self._office.is_government:
            return []
        pools = (words.ASSESSMENT, words.REVIEW, words.ACCOUNTABILITY)
        return [self._fill(self._rng.choice(pool)) for pool in pools]

    def _fee(self) -> str:
        rng, unpaid = self._rng, self._figures.unpaid
        texts: tuple[str, ...]
        if not unpaid and rng.random() < 0.9:
            texts = (
                "{year}年{we}执行《政府信息公开信息处理费管理办法》，发出收费通知0件，收费总金额0元，实际收取的总金额为0元。",
                "本年度{we}没有收取信息处理费：发出收费通知0件，总金额0元，实际收取总金额0元。",
                "信息处理费方面，{year}年发出收费通知0件，通知收费总金额0元，实际收取总金额0元。",
            )
            return self._fill(rng.choice(texts))
        notices = unpaid + rng.randint(1, 6)
        paid = [100 * rng.randint(1, 30) for _ in range(notices - unpaid)]
        total = sum(paid) + sum(100 * rng.randint(1, 30) for _ in range(unpaid))
        texts = (
            f"{{year}}年{{we}}执行《政府信息公开信息处理费管理办法》，发出收费通知{notices}件，"
            f"收费总金额{total}元，实际收取的总金额为{sum(paid)}元。",
            f"信息处理费方面，{{year}}年发出收费通知{notices}件，通知收费总金额{total}元，"
            f"实际收取总金额{sum(paid)}元。",
        )
        return self._fill(rng.choice(texts))


def _listed(items: list[str]) -> str:
    return "".join(f"{ORDINALS[i]}是{item}。" for i, item in enumerate(items))


def main() -> None:
    parser = argparse.ArgumentParser(description="Write made-up annual reports into a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--first-seed", type=int, default=0)
    options = parser.parse_args()
    paths = make_corpus(options.folder, options.count, options.first_seed)
    seeds = range(options.first_seed, options.first_seed + options.count)
    size = sum(path.stat().st_size for path in paths)
    print(f"{len(paths)} reports, {size} bytes, {sum(map(is_broken, seeds))} of them broken")


if __name__ == "__main__":
    main()
