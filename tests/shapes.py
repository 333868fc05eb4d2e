"""The tables of a report, written again in each of the shapes that tables have in published texts.

The figures are those of a report as it was read (`figures_of`), or made by a test. `reshape` puts the
tables, in another shape, back into the text that the report was read from; `FINISHES` are changes to
a whole text that leave its meaning alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

from reportlint.model import Form, Place, Report

Figures = Mapping[str, Mapping[Place, str]]
"""What stands in every cell, as text, by table and then by row and column."""
Row = list[str]
Grid = list[Row]

KINDS_OF_REQUESTER = (
    "natural_person",
    "business",
    "research_institution",
    "social_organisation",
    "legal_service",
    "other_organisation",
)
OUTCOMES = ("upheld", "corrected", "other", "pending")
REMEDIES = ("reconsideration", "direct_litigation", "litigation_after_reconsideration")
DISPOSITIONS: Mapping[str, tuple[str, ...]] = {
    "granted": (),
    "partly_granted": (),
    "denied": (
        "state_secret",
        "prohibited_by_law",
        "security_and_stability",
        "third_party_rights",
        "internal_affairs",
        "deliberative",
        "enforcement_file",
        "administrative_inquiry",
    ),
    "unavailable": ("no_records", "would_need_creation", "not_reasonably_described"),
    "not_handled": ("complaint", "duplicate", "published_material", "vexatious", "confirm_or_reissue"),
    "otherwise_closed": ("correction_overdue", "fee_unpaid", "other_disposition"),
    "processed": (),
}
"""The rows of table three under 三、本年度办理结果, by the group that they stand in; a row alone is its own."""
_COMMON_COLUMNS = 60
_LONG_LABEL = 12
_VERY_LONG_LABEL = 20


def figures_of(report: Report) -> dict[str, dict[Place, str]]:
    """What stands in every cell of a report's tables."""
    return {name: {place: cell.text for place, cell in table.cells.items()} for name, table in report.tables.items()}


class Writer:
    """Writes the tables of a form with the figures given."""

    def __init__(self, form: Form, figures: Figures) -> None:
        self._form = form
        self._figures = figures

    def label(self, name: str) -> str:
        return self._form.label(name)

    def row(self, table: str, row: str) -> Row:
        """The figures of a row in the order of its columns."""
        return [self._figures[table][row, column] for column in self._form.columns(table, row)]

    def disclosure(self) -> Grid:
        """Table two: four blocks, each with a title and the heads of its columns."""
        grid: Grid = []
        decided = [self.label("content"), self.label("decisions")]
        documents = [self.label("content"), *map(self.label, ("issued", "repealed", "in_force"))]
        for title, heads, rows in (
            ("article_20_1", documents, ("government_rules", "normative_documents")),
            ("article_20_5", decided, ("licences",)),
            ("article_20_6", decided, ("penalties", "compulsion")),
            ("article_20_8", [self.label("content"), self.label("amount")], ("administrative_fees",)),
        ):
            grid += [[self.label(title)], heads]
            grid += [[self.label(row), *self.row("disclosure", row)] for row in rows]
        return grid

    def requests(self) -> Grid:
        """Table three with three fields for the labels, those that are merged in the form empty but for the first."""
        heads = [self.label(name) for name in KINDS_OF_REQUESTER]
        grid = [
            [self.label("articulation"), "", "", self.label("requester")],
            ["", "", "", heads[0], self.label("organisations"), "", "", "", "", self.label("total")],
            ["", "", "", "", *heads[1:]],
        ]
        grid += [[self.label(row), "", "", *self.row("requests", row)] for row in ("received", "brought_forward")]
        first = self.label("disposition")
        for group, members in DISPOSITIONS.items():
            title = self.label(group)
            for member in members:
                grid.append([first, title, self.label(member), *self.row("requests", member)])
                first = title = ""
            if not members:
                grid.append([first, title, "", *self.row("requests", group)])
                first = ""
        return [*grid, [self.label("carried_forward"), "", "", *self.row("requests", "carried_forward")]]

    def remedies(self) -> Grid:
        """Table four: three lines of heads and one of figures."""
        review, direct, after = (self.label(remedy) for remedy in REMEDIES)
        outcomes = [*map(self.label, OUTCOMES), self.label("total")]
        gap = [""] * (len(outcomes) - 1)
        return [
            [review, *gap, self.label("litigation")],
            [*outcomes, direct, *gap, after],
            [*[""] * len(outcomes), *outcomes, *outcomes],
            [figure for remedy in REMEDIES for figure in self.row("remedies", remedy)],
        ]

    def grid(self, table: str) -> Grid:
        """A table with every row filled up with empty fields to the width of the widest."""
        grid: Grid = {"disclosure": self.disclosure, "requests": self.requests, "remedies": self.remedies}[table]()
        width = max(map(len, grid))
        return [[*row, *[""] * (width - len(row))] for row in grid]

    def lines(self, table: str) -> Grid:
        """A table as a list of lines of words: a label with its figures, or heads."""
        if table != "requests":
            return [[field for field in row if field] for row in self.grid(table)]
        grid = [
            [self.label("articulation")],
            [self.label("requester")],
            [self.label("organisations")],
            [*map(self.label, KINDS_OF_REQUESTER), self.label("total")],
        ]
        for row in self.requests()[3:]:
            labels = [field for field in row[:3] if field]
            grid += [[label] for label in labels[:-1]]
            grid.append([labels[-1], *row[3:]])
        return grid


def tabs(writer: Writer, table: str) -> str:
    """A row a line, tabs between the fields, merged cells empty."""
    return "\n".join("\t".join(row) for row in writer.grid(table))


def tabs_spread(writer: Writer, table: str) -> str:
    """Tabs, in a table whose cells all span, as where three tables of 4, 10 and 15 columns are one."""
    grid = writer.grid(table)
    covered = [""] * (_COMMON_COLUMNS // len(grid[0]) - 1)
    return "\n".join("\t".join(field for cell in row for field in (cell, *covered)) for row in grid)


def tabs_without_merged(writer: Writer, table: str) -> str:
    """Tabs, but one field too few for cells that are merged, so that figures of a column do not stand in line."""
    if table != "requests":
        return tabs(writer, table)
    slid = {writer.label("other_disposition"), writer.label("processed")}
    lines = []
    for group, title, member, *figures in writer.requests():
        if member and member not in slid:
            fields = [group, title, member, *figures]
        elif title in slid:
            fields = [title, *figures, "", ""]
        elif member or not title:
            fields = [member or group, "", *figures, ""]
        else:
            fields = [group, title, *figures, ""]
        lines.append("\t".join(fields))
    return "\n".join(lines)


def pipes(writer: Writer, table: str) -> str:
    """A row a line between pipes."""
    return "\n".join(f"| {' | '.join(row)} |" for row in writer.grid(table))


def pipes_without_first(writer: Writer, table: str) -> str:
    """Pipes behind the fields only."""
    return "\n".join(" | ".join(row) + " |" for row in writer.grid(table))


def pipes_between(writer: Writer, table: str) -> str:
    """Pipes between the fields only."""
    return "\n".join("|".join(row) for row in writer.grid(table))


def pipes_a_cell_a_line(writer: Writer, table: str) -> str:
    """A pipe on a line of its own opens a row; each cell has a line, and its pipe behind it."""
    rows = [[field for field in row if field] for row in writer.grid(table)]
    return "\n".join("|\n " + "\n".join(f"{field} |" for field in row) for row in rows)


def lone_pipes(writer: Writer, table: str) -> str:
    """A pipe on a line of its own before every cell."""
    return "\n".join(f"|\n{field}" for row in writer.grid(table) for field in row if field)


def cell_a_line(writer: Writer, table: str) -> str:
    """A line for every cell that is not empty, blank lines between them."""
    return "\n\n".join(field for row in writer.grid(table) for field in row if field)


def markdown(writer: Writer, table: str) -> str:
    """A table in Markdown."""
    first, *rest = pipes(writer, table).split("\n")
    rule = "|" + " --- |" * len(writer.grid(table)[0])
    return "\n".join([first, rule, *rest])


def spaces(writer: Writer, table: str) -> str:
    """Text of a PDF: words with spaces between them, groups of rows on lines of their own."""
    return "\n".join(" ".join(line) for line in writer.lines(table))


def figures_after(writer: Writer, table: str) -> str:
    """Text of a PDF in which the figures of long labels stand on the next line."""
    return _apart(writer, table, lambda label, figures: [label, figures])


def figures_before(writer: Writer, table: str) -> str:
    """Text of a PDF in which the figures of long labels stand on the line before."""
    return _apart(writer, table, lambda label, figures: [figures, label])


def torn(writer: Writer, table: str) -> str:
    """Text of a PDF that broke heads over lines, labels around their figures, and the table at the end of a page."""

    def tear(label: str, figures: str) -> list[str]:
        if len(label) < _VERY_LONG_LABEL:
            return [figures, label] if len(label) % 2 else [label, figures]
        middle = len(label) * 2 // 3
        return [f"{label[: middle - 3]} {label[middle - 3 : middle]}", figures, label[middle:]]

    text = _apart(writer, table, tear)
    for whole, parts in (
        (writer.label("organisations"), "法人或其\n他组织"),
        (writer.label("disposition"), "三\n、"),
        (writer.label("state_secret"), f"本 {writer.label('state_secret')}"),
        (writer.label("third_party_rights"), f"年\n度 {writer.label('third_party_rights')}"),
        (
            " ".join(map(writer.label, KINDS_OF_REQUESTER)),
            "自然人 社会 法律\n商业 科研\n公益 服务 其他\n企业 机构\n组织 机构",
        ),
        (writer.label("duplicate"), f"- 3 -\n\n{writer.label('duplicate')}"),
        (" ".join(map(writer.label, OUTCOMES)), "结果 结果 其他 尚未\n维持 纠正 结果 审结"),
    ):
        text = text.replace(whole, parts)
    return text


def _apart(writer: Writer, table: str, tear: Callable[[str, str], list[str]]) -> str:
    lines: list[str] = []
    rows = {writer.label(row) for row in writer._form.rows(table)}
    for label, *figures in writer.lines(table):
        if label in rows and figures and len(label) >= _LONG_LABEL:
            lines += tear(label, " ".join(figures))
        else:
            lines.append(" ".join([label, *figures]))
    return "\n".join(lines)


class Shape(NamedTuple):
    """A way to write a table; `blanks` says whether cells that are left empty can be told from each other."""

    write: Callable[[Writer, str], str]
    blanks: bool = False


SHAPES: Mapping[str, Shape] = {
    "tabs": Shape(tabs, blanks=True),
    "tabs-spread": Shape(tabs_spread),
    "tabs-without-merged": Shape(tabs_without_merged),
    "pipes": Shape(pipes, blanks=True),
    "pipes-without-first": Shape(pipes_without_first, blanks=True),
    "pipes-between": Shape(pipes_between, blanks=True),
    "pipes-a-cell-a-line": Shape(pipes_a_cell_a_line),
    "lone-pipes": Shape(lone_pipes),
    "cell-a-line": Shape(cell_a_line),
    "markdown": Shape(markdown, blanks=True),
    "spaces": Shape(spaces),
    "figures-after": Shape(figures_after),
    "figures-before": Shape(figures_before),
    "torn": Shape(torn),
}

FINISHES: Mapping[str, Callable[[str], str]] = {
    "as-is": lambda text: text,
    "nfkc": lambda text: unicodedata.normalize("NFKC", text),
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "cr": lambda text: text.replace("\n", "\r"),
    "no-final-newline": lambda text: text.rstrip("\n"),
}


def reshape(report: Report, shape: Shape, figures: Figures | None = None) -> str:
    """The text of a report, each of its tables in a shape and with the figures given, or its own."""
    writer = Writer(report.form, figures_of(report) if figures is None else figures)
    text = report.source.text
    for table in sorted(report.tables.values(), key=lambda table: table.span, reverse=True):
        text = text[: table.span.start] + shape.write(writer, table.name) + text[table.span.end :]
    return text
