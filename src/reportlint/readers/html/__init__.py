"""Web pages, saved or as a fragment: the report is found in them and written as text.

`scan` cuts a page up into text and tags (`markup`, `names`), whole rows at one go (`rows`); `builder` and `lines` make
lines and tables of them (`tree`, `nesting`, `numbers`), `finding` says which are the report (`layout`), `grid` writes
these, `embedded` remarks what else there is, `places` and `paths` tell where it all stood.
"""

from __future__ import annotations

import os
import re

from reportlint.errors import ReadError
from reportlint.readers import HTML_SUFFIXES, OWN_PAGE
from reportlint.readers.html.builder import Builder
from reportlint.readers.html.charset import decode
from reportlint.readers.html.embedded import remarked
from reportlint.readers.html.finding import found
from reportlint.readers.html.grid import Text
from reportlint.readers.html.places import WebPage
from reportlint.readers.html.scan import Scan
from reportlint.readers.reader import Limits, Means
from reportlint.readers.remarks import RENAMED
from reportlint.source import Remark, Source

_OWN_MARK = '<meta name="generator" content="reportlint">'
_HEAD = 1_000
"""Characters in which a page tells what wrote it."""


def read(data: bytes, path: str, means: Means) -> Source:
    """The source of a page; ReadError says why there is none."""
    html, start = decode(data)
    _refuse_own(html)
    return read_html(html, path, means.limits, start)


def of_text(html: str, path: str, means: Means) -> Source:
    """The same for what an editor holds."""
    _refuse_own(html)
    return read_html(html, path, means.limits)


def read_html(html: str, path: str, limits: Limits = Limits(), start: int = 0) -> Source:  # noqa: B008 - a tuple
    """The text of the report in a page, which begins at `start`; places in it are those of the file."""
    page = Builder(limits.cells)
    Scan(html, page).read(start)
    written = Text()
    for item in found(page):
        written.write(item)
    written.finish()
    text = "".join(written.parts)
    origin = WebPage(Source(html, path), tuple(written.starts), tuple(written.places), text, tuple(written.tables))
    told = tuple(remarked(written.noted, len(text)))
    if not path.lower().endswith(tuple(HTML_SUFFIXES)):
        told += (_renamed(path),)
    return Source(text, path, origin, doubts=tuple(written.doubts), remarks=told)


_BEGINNING = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,400}?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


def accepts(data: bytes) -> bool:
    """Whether bytes are plainly a page, and no fragment of one."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    return bool(_BEGINNING.match(head) or _BEGINNING.match(head.lstrip(b"\xff\xfe").replace(b"\0", b"")))


def _refuse_own(html: str) -> None:
    if _OWN_MARK in html[:_HEAD]:
        raise ReadError(OWN_PAGE, "这是 reportlint 输出的网页，不是年度报告")


def _renamed(path: str) -> Remark:
    suffix = os.path.splitext(path)[1].lower()
    return Remark(RENAMED, f"文件名以 {suffix} 结尾，内容是网页" if suffix else "文件的内容是网页")
