"""The tables of the benchmark corpus: figures whose sums hold, and the shapes that tables have in text."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import NamedTuple

SHAPES = ("tab", "pipe", "markdown", "space", "cell-a-line")
SIZES = ("zero", "small", "large")
SIZE_WEIGHTS = (50, 35, 15)

Row = list[int]
Grid = list[list[str]]

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
ARTICULATION = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RECEIVED = "一、本年新收政府信息公开申请数量"
BROUGHT_FORWARD = "二、上年结转政府信息公开申请数量"
DISPOSITION = "三、本年度办理结果"
PROCESSED = "（七）总计"
CARRIED_FORWARD = "四、结转下年度继续办理"
DISPOSITIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("（一）予以公开", ()),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ()),
    (
        "（三）不予公开",
        (
            "1.属于国家秘密",
            "2.其他法律行政法规禁止公开",
            "3.危及“三安全一稳定”",
            "4.保护第三方合法权益",
            "5.属于三类内部事务信息",
            "6.属于四类过程性信息",
            "7.属于行政执法案卷",
            "8.属于行政查询事项",
        ),
    ),
    (
        "（四）无法提供",
        ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"),
    ),
    (
        "（五）不予处理",
        (
            "1.信访举报投诉类申请",
            "2.重复申请",
            "3.要求提供公开出版物",
            "4.无正当理由大量反复申请",
            "5.要求行政机关确认或重新出具已获取信息",
        ),
    ),
    (
        "（六）其他处理",
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "3.其他",
        ),
    ),
)
FEE_UNPAID = 19  # the place of （六）2 among the 21 dispositions
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


class Figures(NamedTuple):
    """The figures of one report: table two by row, table three (25 rows of 7), table four (3 rows of 5)."""

    documents: list[Row]
    decisions: Row
    charges: str
    requests: list[Row]
    remedies: list[Row]

    @property
    def unpaid(self) -> int:
        return self.requests[2 + FEE_UNPAID][-1]


def make_figures(rng: random.Random, size: str) -> Figures:
    """Figures of a report that has few or many requests; all sums hold."""
    if size == "zero":
        requests = [[0] * 7 for _ in range(25)]
        remedies = [[0] * 5 for _ in range(3)]
    else:
        most_requests, most_cases = (14, 2) if size == "small" else (900, 30)
        requests = _requests(rng, most_requests)
        remedies = [_with_total([_few(rng, most_cases) for _ in range(4)]) for _ in range(3)]
    issued, repealed = _few(rng, 9), _few(rng, 5)
    in_force = max(0, issued - repealed) + rng.choice((0, rng.randint(0, 40)))
    busy = 0 if rng.random() < 0.4 else {"zero": 120, "small": 900, "large": 60_000}[size]
    decisions = [rng.randint(0, busy) for _ in range(3)]
    charges = "0" if rng.random() < 0.5 else str(rng.randint(1, 900_000) / 10 ** rng.randint(1, 4))
    return Figures([[0, 0, 0], [issued, repealed, in_force]], decisions, charges, requests, remedies)


def _few(rng: random.Random, most: int) -> int:
    return 0 if rng.random() < 0.5 else rng.randint(0, most)


def _with_total(figures: Row) -> Row:
    return [*figures, sum(figures)]


def _requests(rng: random.Random, most: int) -> list[Row]:
    results = [[0] * 6 for _ in range(21)]
    common = (0, 0, 0, 1, 8, 10, 11, 20)
    for _ in range(rng.randint(1, most)):
        place = rng.choice(common) if rng.random() < 0.85 else rng.randrange(21)
        results[place][0 if rng.random() < 0.8 else rng.randrange(6)] += 1
    processed = [sum(column) for column in zip(*results, strict=True)]
    carried = [_few(rng, 1 + figure // 8) for figure in processed]
    brought = [
        min(total, _few(rng, 1 + total // 8)) for total in (p + c for p, c in zip(processed, carried, strict=True))
    ]
    received = [p + c - b for p, c, b in zip(processed, carried, brought, strict=True)]
    return [_with_total(row) for row in (received, brought, *results, processed, carried)]


def break_one(rng: random.Random, figures: Figures) -> None:
    """Write one wrong figure into table three or four."""
    row = rng.choice(figures.requests if rng.random() < 0.75 else figures.remedies)
    row[rng.randrange(len(row))] += rng.choice((1, 1, 2, 3, 10))


def write_tables(figures: Figures, shape: str) -> tuple[str, str, str]:
    """Tables two, three and four in a shape."""
    requests = _requests_space(figures) if shape == "space" else _requests_grid(figures, shape)
    return (
        _write(_disclosure(figures), shape, wide=4),
        _write(requests, shape, wide=10),
        _write(_remedies(figures, shape), shape, wide=15),
    )


def _words(figures: Iterable[int]) -> list[str]:
    return [str(figure) for figure in figures]


def _disclosure(figures: Figures) -> Grid:
    decided = ["信息内容", "本年处理决定数量"]
    rules, documents = figures.documents
    return [
        ["第二十条第（一）项"],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", *_words(rules)],
        ["行政规范性文件", *_words(documents)],
        ["第二十条第（五）项"],
        decided,
        ["行政许可", str(figures.decisions[0])],
        ["第二十条第（六）项"],
        decided,
        ["行政处罚", str(figures.decisions[1])],
        ["行政强制", str(figures.decisions[2])],
        ["第二十条第（八）项"],
        ["信息内容", "本年收费金额（单位：万元）"],
        ["行政事业性收费", figures.charges],
    ]


def _requests_grid(figures: Figures, shape: str) -> Grid:
    """Table three with its merged cells empty; a copy by tabs has one of those that a label runs over at its end."""
    over = [""] if shape == "tab" else ["", ""]
    rows = [_words(row) for row in figures.requests]
    grid = [
        [ARTICULATION, *over, "申请人情况", *[""] * 5, "总计"],
        ["", *over, APPLICANTS[0], "法人或其他组织"],
        ["", *over, "", *APPLICANTS[1:]],
        [RECEIVED, *over, *rows[0]],
        [BROUGHT_FORWARD, *over, *rows[1]],
    ]
    place = 2
    for number, (group, items) in enumerate(DISPOSITIONS):
        first = DISPOSITION if number == 0 else ""
        for index, item in enumerate(items or ("",)):
            lead = [first, group if index == 0 else ""]
            grid.append([*lead, *([item] if item else over[1:]), *rows[place]])
            place += 1
    return [*grid, ["", PROCESSED, *over[1:], *rows[23]], [CARRIED_FORWARD, *over, *rows[24]]]


def _requests_space(figures: Figures) -> Grid:
    """Table three as a PDF gives it: groups on lines of their own."""
    rows = [_words(row) for row in figures.requests]
    grid = [
        [ARTICULATION],
        ["申请人情况"],
        ["法人或其他组织"],
        [*APPLICANTS, "总计"],
        [RECEIVED, *rows[0]],
        [BROUGHT_FORWARD, *rows[1]],
        [DISPOSITION],
    ]
    place = 2
    for group, items in DISPOSITIONS:
        if items:
            grid.append([group])
        for item in items or (group,):
            grid.append([item, *rows[place]])
            place += 1
    return [*grid, [PROCESSED, *rows[23]], [CARRIED_FORWARD, *rows[24]]]


def _remedies(figures: Figures, shape: str) -> Grid:
    review, _, _ = figures.remedies
    line = _words(figure for row in figures.remedies for figure in row)
    if shape == "space":
        heads = [["行政复议", "行政诉讼"], ["未经复议直接起诉", "复议后起诉"], [*OUTCOMES] * 3]
        return [*heads, line]
    gap = [""] * (len(review) - 1)
    return [
        ["行政复议", *gap, "行政诉讼"],
        [*OUTCOMES, "未经复议直接起诉", *gap, "复议后起诉"],
        [*[""] * len(OUTCOMES), *OUTCOMES, *OUTCOMES],
        line,
    ]


def _write(grid: Grid, shape: str, wide: int) -> str:
    if shape == "cell-a-line":
        return "\n\n".join(cell for row in grid for cell in row if cell)
    if shape == "space":
        return "\n".join(" ".join(row) for row in grid)
    if shape in ("tab", "markdown"):
        grid = [[*row, *[""] * (wide - len(row))] for row in grid]
    if shape == "tab":
        return "\n".join("\t".join(row) for row in grid)
    lines = ["| " + " | ".join(row) + " |" for row in grid]
    if shape == "markdown":
        lines.insert(1, "|" + "---|" * wide)
    return "\n".join(lines)
