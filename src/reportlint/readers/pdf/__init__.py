"""PDF: text and tables of files that have text; by PDFium."""

from __future__ import annotations

import os
from collections.abc import Sequence

from reportlint.errors import ReadError
from reportlint.readers import remarks
from reportlint.readers.pdf.apart import read_apart, read_pages
from reportlint.readers.pdf.layout import Laid, blocks
from reportlint.readers.pdf.notes import named, remarks_on_file
from reportlint.readers.pdf.opening import opened
from reportlint.readers.pdf.page import Page
from reportlint.readers.pdf.places import locate
from reportlint.readers.pdf.safety import is_heavy
from reportlint.readers.pdf.scans import has_large_picture, is_picture, overlaid, recognised
from reportlint.readers.pdf.tables import Table
from reportlint.readers.pdf.writing import Starts, write
from reportlint.readers.reader import Annotation, Limits, Means, missing
from reportlint.readers.writer import Writer
from reportlint.source import Source

_MOST_LOST = 0.3


def read(data: bytes, path: str, means: Means) -> Source:
    """The source of a PDF."""
    if is_heavy(data, means.limits):
        told = read_apart(data, means.limits)
        pages = [overlaid(page) for page in told.pages]
    else:
        told = read_pages(data, means.limits)
        pages = [overlaid(page) for page in told.pages]
        pages = _recognised(data, pages, means)
    _check_text(pages)
    laid = [Laid(page) for page in pages]
    found = blocks(laid)
    _check_cells([block for block in found if isinstance(block, Table)], means.limits)
    writer = Writer()
    starts = write(writer, found)
    for remark in remarks_on_file(told.held):
        writer.remark(*remark)
    suffix = os.path.splitext(path)[1]
    if suffix and suffix.lower() != ".pdf":
        writer.remark(remarks.RENAMED, f"文件名以 {suffix} 结尾，内容是 PDF")
    _remark(writer, pages, laid, starts)
    return writer.source(path, locate, keeps_white_space=False)


def _recognised(data: bytes, pages: list[Page], means: Means) -> list[Page]:
    """Pages, those that are pictures with what a recogniser reads in them, if there is one."""
    if not means.recognisers or not any(map(is_picture, pages)):
        return pages
    with opened(data, means.limits) as document:
        recogniser = means.recognisers[0]
        return [recognised(document.handle, page, recogniser) if is_picture(page) else page for page in pages]


def _check_text(pages: Sequence[Page]) -> None:
    """ReadError for a file without text, and for one whose text nobody can make out."""
    characters = sum(len(page.glyphs) for page in pages)
    if not characters:
        if any(page.pictures for page in pages):
            words = f"{len(pages)} 页都是图片，没有可以读的文字，没有检查"
            raise ReadError("scanned", words)
        if any(page.paths for page in pages):
            raise ReadError("scanned", f"{len(pages)} 页都没有文字，字可能已经转成了图形，没有检查")
        raise ReadError("scanned", f"{len(pages)} 页都是空白，没有检查")
    lost = sum(page.unknown for page in pages)
    if lost > _MOST_LOST * characters:
        raise ReadError(
            "unreadable", f"{characters} 个字里有 {lost} 个读不出来：文件里的字体没有说明它们是什么字，没有检查"
        )


def _check_cells(tables: Sequence[Table], limits: Limits) -> None:
    cells = sum(table.width * len(table.rows) for table in tables)
    if cells > limits.cells:
        words = f"表格有 {cells} 个单元格，超过 limits.cells 的上限 {limits.cells} 个，没有检查"
        raise ReadError("too-large", words)


def _remark(writer: Writer, pages: Sequence[Page], laid: Sequence[Laid], starts: Starts) -> None:
    """Says what there is on the pages beside their text."""

    def on(kind: str, words: str, chosen: Sequence[int]) -> None:
        if chosen:
            writer.remark(kind, words.format(named(chosen)), starts.of(chosen[0]))

    comments = sum(page.comments for page in pages)
    on(remarks.COMMENT, f"有 {comments} 处批注（{{}}），没有读取", [page.number for page in pages if page.comments])
    unseen = sum(len(page.unseen) + page.outside for page in pages)
    hidden = [page.number for page in pages if page.unseen or page.outside]
    on(remarks.HIDDEN, f"有 {unseen} 个字看不见（{{}}），没有读取", hidden)
    scanned = [page.number for page in pages if is_picture(page)]
    on(remarks.PICTURE, "{}是图片，其中的文字和表格没有检查", scanned)
    pictures = [page.number for page in pages if page.glyphs and not page.is_recognised and has_large_picture(page)]
    on(remarks.PICTURE, "{}有较大的图片，其中的文字和表格没有检查", pictures)
    unread = [(each.number, len(each.unread) + each.tangled) for each in laid if each.unread or each.tangled]
    tables = sum(count for _, count in unread)
    on(remarks.UNREAD, f"有 {tables} 个表格读不出行列（{{}}），按文字行读取", [number for number, _ in unread])


def annotate(data: bytes, source: Source, annotations: Sequence[Annotation]) -> bytes:
    """A copy of a PDF with a highlight for each annotation."""
    try:
        from reportlint.readers.pdf import marking
    except ModuleNotFoundError:
        raise missing(".pdf", "pdf") from None
    return marking.annotate(data, source, annotations)
