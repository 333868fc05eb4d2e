"""PDFs as programs make them: they say what the text says that they were made of."""

from __future__ import annotations

import html
import io
import shutil
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("pypdfium2", reason="needs the extra pdf")

from reportlint import Linter, Severity

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
REPORTS = Path(__file__).parent.parent / "examples" / "reports"
LINTER = Linter.from_layers([])

STYLES = """
<office:automatic-styles>
<style:style style:name="H" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
<style:text-properties style:font-size-asian="22pt" fo:font-size="22pt"/></style:style>
<style:style style:name="P" style:family="paragraph">
<style:paragraph-properties fo:text-align="justify" fo:text-indent="32pt" fo:line-height="28pt" style:punctuation-wrap="simple"/>
<style:text-properties style:font-size-asian="16pt" fo:font-size="16pt"/></style:style>
<style:style style:name="T" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
<style:text-properties style:font-size-asian="10.5pt" fo:font-size="10.5pt"/></style:style>
<style:style style:name="C" style:family="table-cell">
<style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm" style:vertical-align="middle"/></style:style>
<style:style style:name="V" style:family="table-cell">
<style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm" style:writing-mode="tb-rl"/></style:style>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
 fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.8cm" fo:margin-right="2.6cm"/>
<style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="1cm"/></style:footer-style></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
<style:header><text:p>政府信息公开年报</text:p></style:header>
<style:footer><text:p>— <text:page-number text:select-page="current">1</text:page-number> —</text:p></style:footer>
</style:master-page></office:master-styles>
"""
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{rest}:1.0"'
    for name, rest in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "fo": "xsl-fo-compatible",
    }.items()
)


def document(text: str) -> str:
    """A text document with the paragraphs and tables of a report; what is empty beside a cell it spans."""
    body: list[str] = []
    rows: list[list[str]] = []
    for number, line in enumerate([*text.split("\n"), ""]):
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            body.append(table(rows))
            rows = []
        if line:
            style = "P" if number else "H"
            body.append(f'<text:p text:style-name="{style}">{html.escape(line)}</text:p>')
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    head += f'<office:document {SPACES} office:mimetype="application/vnd.oasis.opendocument.text" office:version="1.3">'
    return f"{head}{STYLES}<office:body><office:text>{''.join(body)}</office:text></office:body></office:document>"


def table(rows: list[list[str]]) -> str:
    width = len(rows[0])
    heads = 3 if rows[0][0].startswith("（本列") else 0
    covered: set[tuple[int, int]] = set()
    made = [f'<table:table><table:table-column table:number-columns-repeated="{width}"/>']
    for at, row in enumerate(rows):
        made.append("<table:table-header-rows>" if heads and at == 0 else "")
        made.append("</table:table-header-rows>" if heads and at == heads else "")
        made.append("<table:table-row>")
        for column, text in enumerate(row):
            if (at, column) in covered:
                made.append("<table:covered-table-cell/>")
                continue
            wide, high = spans(rows, at, column, covered)
            covered |= {(at + down, column + right) for down in range(high) for right in range(wide)}
            style = "V" if text == "三、本年度办理结果" else "C"
            size = f'table:number-columns-spanned="{wide}" table:number-rows-spanned="{high}"'
            paragraph = f'<text:p text:style-name="T">{html.escape(text)}</text:p>'
            made.append(f'<table:table-cell table:style-name="{style}" {size}>{paragraph}</table:table-cell>')
        made.append("</table:table-row>")
    made.append("</table:table>")
    return "".join(made)


def spans(rows: list[list[str]], at: int, column: int, covered: set[tuple[int, int]]) -> tuple[int, int]:
    """How many columns and rows a cell covers: those beside and below it that are empty."""
    row = rows[at]
    wide = 1
    while column + wide < len(row) and not row[column + wide] and (at, column + wide) not in covered:
        wide += 1
    high = 1
    if row[column]:
        while at + high < len(rows):
            below = rows[at + high]
            if any(below[: column + wide]) or not any(below[column + wide :]):
                break
            high += 1
    return wide, high


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example reports as PDF."""
    if OFFICE is None:
        pytest.skip("needs LibreOffice")
    folder = tmp_path_factory.mktemp("printed")
    for name in ("qinghe-town-2024", "yunxi-county-2024"):
        text = (REPORTS / f"{name}.txt").read_text(encoding="utf-8")
        (folder / f"{name}.fodt").write_text(document(text), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = sorted(str(path) for path in folder.glob("*.fodt"))
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    if done.returncode or not list(folder.glob("*.pdf")):
        pytest.skip("LibreOffice made no PDF")
    return folder


@pytest.mark.parametrize("name", ["qinghe-town-2024", "yunxi-county-2024"])
def test_a_report_that_libreoffice_printed_is_the_same_text(printed: Path, name: str) -> None:
    """With a head and numbers on the pages, an upright label, and tables over page breaks whose heads are repeated."""
    source = LINTER.readers.file(str(printed / f"{name}.pdf"))
    text = (REPORTS / f"{name}.txt").read_text(encoding="utf-8")
    assert source.text == text.rstrip("\n") + "\n"
    assert source.doubts == ()
    assert source.remarks == ()
    assert LINTER.lint(source).diagnostics == []


def test_a_table_that_reportlab_set() -> None:
    """Its cells are drawn as lines of the grid with those in spans left out, its text in one run a line."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="needs reportlab")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    rows = [
        ["（本列数据）", "", "申请人情况", "", ""],
        ["", "", "自然人", "商业\n企业", "总计"],
        ["办理结果", "（一）予以公开", "13", "0", "13"],
        ["", "（二）部分公开（区分\n处理的）", "1,200", "3.5", ""],
    ]
    spans = [((0, 0), (1, 1)), ((2, 0), (4, 0)), ((0, 2), (0, 3))]
    table = Table(rows, [60, 130, 50, 50, 50])
    style = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "STSong-Light", 10)]
    table.setStyle(TableStyle([*style, *(("SPAN", *span) for span in spans)]))
    out = io.BytesIO()
    drawn = canvas.Canvas(out)
    drawn.setFont("STSong-Light", 10)
    drawn.drawString(72, 780, "三、收到和处理政府信息公开申请情况")
    table.wrapOn(drawn, 400, 600)
    table.drawOn(drawn, 72, 600)
    drawn.save()
    source = LINTER.readers.source(out.getvalue(), "年报.pdf")
    assert source.text == (
        "三、收到和处理政府信息公开申请情况\n\n"
        "（本列数据）\t\t申请人情况\t\t\n"
        "\t\t自然人\t商业企业\t总计\n"
        "办理结果\t（一）予以公开\t13\t0\t13\n"
        "\t（二）部分公开（区分处理的）\t1,200\t3.5\t\n"
    )
    assert source.doubts == ()


CITY = Path("../shared/reports/city-2025.html")


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
@pytest.mark.skipif(not CITY.exists(), reason="needs the shared reports")
def test_a_page_printed_without_any_rules_keeps_its_figures_in_their_rows(tmp_path: Path) -> None:
    """All of its tables are read with doubt; no figure is lost, made up or put into another row."""
    assert OFFICE is not None
    (tmp_path / "city.html").write_bytes(CITY.read_bytes())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for source, wanted in (("city.html", "odt"), ("city.odt", "pdf")):
        command = [OFFICE, profile, "--headless", "--infilter=HTML (StarWriter)", "--convert-to", wanted, source]
        if source != "city.html":
            command.remove("--infilter=HTML (StarWriter)")
        subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=300, check=True)
    page, printed = LINTER.readers.file(str(CITY)), LINTER.readers.file(str(tmp_path / "city.pdf"))

    def figures(text: str) -> list[list[str]]:
        rows = [[word for word in line.split() if word.replace(".", "").isdigit()] for line in text.split("\n")]
        return [row for row in rows if len(row) >= 7]

    assert figures(printed.text) == figures(page.text)
    assert len(figures(page.text)) == 26
    reasons = {doubt.reason for doubt in printed.doubts}
    assert reasons == {"表格没有边框，行列是按位置推断的", "几个数并排，没有边框，不知道各是哪一格的"}
    told = LINTER.lint(printed).diagnostics
    assert [each.message for each in told if each.severity is Severity.ERROR] == []
