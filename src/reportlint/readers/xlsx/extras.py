"""What a workbook holds beside its cells: comments, macros, links to other workbooks, pictures."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.readers import remarks
from reportlint.readers.writer import Writer
from reportlint.readers.xlsx.sheets import Mark, Sheet, Workbook, name_of, place_of

_MOST_NAMED = 5
_MACROS = ("vbaProject", "xlMacrosheet", "xlIntlMacrosheet")


def add_remarks(writer: Writer, workbook: Workbook) -> None:
    """Remark what there is in a workbook."""
    shown = [sheet for sheet in workbook.sheets if not sheet.hidden]
    commented = [(sheet, place_of(reference)) for sheet in shown for reference in _comments(workbook, sheet)]
    remark_comments(writer, [Mark(sheet.name, *place) for sheet, place in commented])
    kinds = {kind for kind, _ in workbook.targets.values()}
    if kinds.intersection(_MACROS):
        remark_macros(writer)
    remark_links(writer, sum(kind == "externalLink" for kind, _ in workbook.targets.values()))
    for sheet in shown:
        pictures = _pictures(workbook, sheet)
        if pictures and not has_table(sheet):
            words = f"工作表“{sheet.name}”没有表格，有 {pictures} 张图片，图片里的内容没有读取"
            writer.remark(remarks.PICTURE, words)


def remark_comments(writer: Writer, marks: Sequence[Mark]) -> None:
    """Remark on the cells that have comments."""
    if marks:
        names = "、".join(f"{mark.sheet}!{name_of(mark.row, mark.column)}" for mark in marks[:_MOST_NAMED])
        more = " 等" if len(marks) > _MOST_NAMED else ""
        words = f"有 {len(marks)} 处批注（{names}{more}），没有读取"
        writer.remark(remarks.COMMENT, words, writer.start_of(marks[0]))


def remark_macros(writer: Writer) -> None:
    """Remark that there are macros."""
    writer.remark(remarks.MACRO, "工作簿带有宏，没有运行")


def remark_links(writer: Writer, links: int) -> None:
    """Remark on the other files of which a workbook has figures, where there are any."""
    if links:
        writer.remark(remarks.EXTERNAL, f"引用了 {links} 个别的文件的数据，没有读取这些文件，用的是上次存下的结果")


def _comments(workbook: Workbook, sheet: Sheet) -> list[str]:
    """The names of the cells with comments."""
    found: dict[str, None] = {}
    for kind, part in workbook.packed.targets(sheet.part).values():
        if kind == "comments" and part in workbook.packed:
            found.update(dict.fromkeys(each.get("ref", "") for each in workbook.packed.tree(part).iter("comment")))
    return list(filter(None, found))


def _pictures(workbook: Workbook, sheet: Sheet) -> int:
    """How many pictures lie on a sheet."""
    count = 0
    for kind, part in workbook.packed.targets(sheet.part).values():
        if kind == "drawing" and part in workbook.packed:
            count += sum(1 for _ in workbook.packed.tree(part).iter("pic"))
    return count


def has_table(sheet: Sheet) -> bool:
    """Whether any row has several cells."""
    rows = [row for row, _ in sheet.cells]
    return len(set(rows)) < len(rows)
