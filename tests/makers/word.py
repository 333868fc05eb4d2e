"""A report as Word files, by the hands of different authors: raw XML, as Word and its kin write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from .numbering import NAMESPACE, Numbering
from .paper import Box, Grid, Paper, Words, ordinal_of

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SPACES = (
    f'{NAMESPACE} xmlns:r="{_RELATIONS}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_PARTS = {
    "styles": (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="af"><w:name w:val="Title"/><w:basedOn w:val="a"/>'
        '<w:pPr><w:jc w:val="center"/></w:pPr></w:style><w:style w:type="table" w:styleId="ab"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>'
        + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES)
        + "</w:tblBorders></w:tblPr></w:style>"
    ),
    "header": "<w:p><w:r><w:t>云溪县政府信息公开年报汇编</w:t></w:r></w:p>",
    "footer": (
        '<w:p><w:r><w:t>— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:r><w:t> —</w:t></w:r></w:p>"
    ),
}
_ROOTS = {"styles": "styles", "header": "hdr", "footer": "ftr"}


def whole(text: str) -> list[str]:
    """A run of text as it is."""
    return [text] if text else []


class Hand(NamedTuple):
    """How an author works."""

    heading: str = "styled"
    """`styled` with the styles for headings, `bold` with letters that only look like headings, or `plain`."""
    numbered: bool = False
    """Whether ordinals are automatic, and not in the text."""
    labels_numbered: bool = False
    """The same for those of the tables' labels."""
    paper: Callable[[Paper], Paper] = lambda paper: paper
    """What the paper is made into first."""
    tables: Callable[[Grid], tuple[Grid, ...]] = lambda grid: (grid,)
    """Which tables are drawn for a table of the form."""
    cut: Callable[[str], list[str]] = whole
    """The runs that a text is in."""
    run: Callable[[str], str] = lambda run: run
    """What is made of the XML of a run."""
    paragraph: Callable[[str], str] = lambda paragraph: paragraph
    """What is made of the XML of a paragraph of the body."""
    cell: Callable[[str], str] = lambda cell: cell
    """What is made of the XML of a cell."""
    broken: bool = False
    """Whether paragraphs of one section are one, with manual line breaks in it."""
    frame: Callable[[list[str]], str] = "".join
    """What is made of the XML of all blocks."""
    noise: str = ""
    """Written between the runs of a paragraph."""


class Writer:
    """Writes the document of a paper by a hand."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.numbering = Numbering()

    def document(self, paper: Paper) -> str:
        blocks = list(self._blocks(paper))
        body = self.hand.frame(blocks)
        section = (
            '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>'
            '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
        )
        return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {_SPACES}><w:body>{body}{section}</w:body></w:document>'

    def _blocks(self, paper: Paper) -> Iterator[str]:
        lines: list[Words] = []
        for block in paper.blocks:
            if isinstance(block, Words) and self.hand.broken and block.kind == "text":
                lines.append(block)
                continue
            if lines:
                yield self._paragraph("text", [line.whole for line in lines])
                lines = []
            if isinstance(block, Words):
                yield self._words(block)
            else:
                # Two tables need a paragraph between them, or Word makes one of them.
                yield "<w:p/>".join(map(self._table, self.hand.tables(block))) + "<w:p/>"
        if lines:
            yield self._paragraph("text", [line.whole for line in lines])

    def _words(self, block: Words) -> str:
        if self.hand.numbered and block.ordinal:
            return self._paragraph(block.kind, [block.text], self._number(block.ordinal))
        return self._paragraph(block.kind, [block.whole])

    def _number(self, ordinal: str) -> str:
        number = self.numbering.of(ordinal)
        return f'<w:numPr><w:ilvl w:val="{number.level}"/><w:numId w:val="{number.list}"/></w:numPr>'

    def _paragraph(self, kind: str, lines: list[str], number: str = "") -> str:
        style = {"title": "af", "heading": "1"}.get(kind, "a") if self.hand.heading == "styled" else "a"
        bold = '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr>' if self.hand.heading == "bold" and kind != "text" else ""
        properties = f'<w:pPr><w:pStyle w:val="{style}"/>{number}<w:spacing w:line="560"/></w:pPr>'
        runs = "<w:r><w:br/></w:r>".join(self._runs(line, bold) for line in lines)
        return self.hand.paragraph(f"<w:p>{properties}{runs}</w:p>")

    def _runs(self, text: str, properties: str = "") -> str:
        runs = [
            self.hand.run(f'<w:r>{properties}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>')
            for piece in self.hand.cut(text)
        ]
        return self.hand.noise.join(runs)

    def _table(self, grid: Grid) -> str:
        at = {
            (row, column): box
            for box in grid.boxes
            for row in range(box.row, box.row + box.rows)
            for column in range(box.column, box.column + box.columns)
        }
        rows = []
        for row in range(grid.height):
            cells = []
            column = 0
            while column < grid.width:
                box = at[row, column]
                cells.append(self._cell(box, row, sum(widths(grid)[column : column + box.columns])))
                column += box.columns
            head = "<w:trPr><w:tblHeader/></w:trPr>" if row < grid.heads else ""
            rows.append(f'<w:tr w:rsidR="00A{row:05}">{head}{"".join(cells)}</w:tr>')
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths(grid))
        style = f'<w:tblPr><w:tblStyle w:val="ab"/><w:tblW w:w="{sum(widths(grid))}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        return f"<w:tbl>{style}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"

    def _cell(self, box: Box, row: int, width: int) -> str:
        across = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
        down = ""
        if box.rows > 1:
            down = '<w:vMerge w:val="restart"/>' if row == box.row else "<w:vMerge/>"
        properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{down}</w:tcPr>'
        text = box.text if row == box.row else ""
        ordinal = ordinal_of(text) if self.hand.labels_numbered else ""
        number = f"<w:pPr>{self._number(ordinal)}</w:pPr>" if ordinal else ""
        return self.hand.cell(f"<w:tc>{properties}<w:p>{number}{self._runs(text[len(ordinal) :])}</w:p></w:tc>")


def widths(grid: Grid) -> list[int]:
    """The widths of columns as offices draw them, in twentieths of a point: labels need room."""
    return {4: [3600, 1800, 1800, 1800], 10: [900, 1400, 2600, *[600] * 7]}.get(
        grid.width, [9000 // grid.width] * grid.width
    )


def made(paper: Paper, hand: Hand) -> bytes:
    """The file."""
    writer = Writer(hand)
    parts = {"document": writer.document(hand.paper(paper)), "numbering": writer.numbering.part()}
    parts |= {name: f"<w:{_ROOTS[name]} {_SPACES}>{part}</w:{_ROOTS[name]}>" for name, part in _PARTS.items()}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name}{".main" if name == "document" else ""}+xml"/>'
        for name in parts
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(("styles", "numbering", "header", "footer"), 1)
    )
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
            f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
            f' Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        )
        for name, part in parts.items():
            package.writestr(f"word/{name}.xml", part)
    return buffer.getvalue()


def by(hand: Hand) -> Callable[[Paper], bytes]:
    """The maker of files by a hand."""
    return lambda paper: made(paper, hand)


def _split(row: int) -> Callable[[Grid], tuple[Grid, ...]]:
    return lambda grid: grid.parts(row) if grid.height > row else (grid,)


def _in_threes(text: str) -> list[str]:
    return [text[start : start + 3] for start in range(0, len(text), 3)]


def _framed(blocks: list[str]) -> str:
    """All of it in the cells of one table, a block a row."""
    rows = "".join(f"<w:tr><w:tc><w:tcPr/>{block}</w:tc></w:tr>" for block in blocks)
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>{rows}</w:tbl><w:p/>'


def _nested(cell: str) -> str:
    """A cell whose words stand in a table of their own."""
    start = cell.index("<w:p>")
    inner = cell[start : -len("</w:tc>")]
    table = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="500"/></w:tblGrid><w:tr><w:tc><w:tcPr/>{inner}</w:tc></w:tr></w:tbl>'
    return f"{cell[:start]}{table}<w:p/></w:tc>" if "<w:t " in inner and len(inner) > 200 else cell


def _controlled(block: str) -> str:
    return f'<w:sdt><w:sdtPr><w:id w:val="1"/></w:sdtPr><w:sdtContent>{block}</w:sdtContent></w:sdt>'


def _revised(run: str) -> str:
    """A run that was put in place of another one, and nobody accepted it."""
    who = 'w:author="王" w:date="2025-01-10T09:00:00Z"'
    return f'<w:del w:id="1" {who}><w:r><w:delText>旧的说法7件</w:delText></w:r></w:del><w:ins w:id="2" {who}>{run}</w:ins>'


def _boxed(blocks: list[str]) -> str:
    """The title in a text box, which is in the file twice: for Word of today and for older ones."""
    content = f"<w:txbxContent>{blocks[0]}</w:txbxContent>"
    drawing = (
        '<w:drawing><wp:inline><wp:extent cx="5400000" cy="720000"/><wp:docPr id="1" name="标题框"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5400000" cy="720000"/></a:xfrm><a:prstGeom prst="rect"/></wps:spPr>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    picture = f'<w:pict><v:shape style="width:425pt;height:56pt"><v:textbox>{content}</v:textbox></v:shape></w:pict>'
    box = f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{picture}</mc:Fallback></mc:AlternateContent>'
    return "".join([f"<w:p><w:r>{box}</w:r></w:p>", *blocks[1:]])


HANDS: Mapping[str, Hand] = {
    "headings": Hand(),
    "bold": Hand(heading="bold"),
    "numbered": Hand(numbered=True),
    "labels-numbered": Hand(heading="bold", numbered=True, labels_numbered=True),
    "flat": Hand(heading="plain", tables=lambda grid: (grid.flat(),)),
    "split": Hand(tables=_split(15)),
    "split-flat": Hand(tables=lambda grid: tuple(part.flat() for part in _split(20)(grid))),
    "broken": Hand(heading="plain", broken=True),
    "controls": Hand(run=_controlled, paragraph=_controlled, cell=_controlled),
    "cut": Hand(
        heading="bold",
        cut=_in_threes,
        noise='<w:proofErr w:type="gramStart"/><w:bookmarkStart w:id="0" w:name="_Hlk1"/><w:bookmarkEnd w:id="0"/>',
    ),
    "one-table": Hand(paper=Paper.in_one_table),
    "framed": Hand(frame=_framed),
    "nested": Hand(cell=_nested),
    "revised": Hand(run=_revised),
    "boxed": Hand(frame=_boxed),
}
FILES: Mapping[str, Callable[[Paper], bytes]] = {f"{name}.docx": by(hand) for name, hand in HANDS.items()}
