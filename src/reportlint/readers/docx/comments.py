"""Comments of a Word document: the part that holds them, and what the package has to say of that."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from itertools import chain, count, islice
from xml.sax.saxutils import escape

from reportlint import days
from reportlint.readers.docx.anatomy import SPACES, UNWRITABLE, Anatomy, Insertion, open_part
from reportlint.readers.docx.package import Package

AUTHOR = "reportlint"
INITIALS = "rl"
_KIND = {
    SPACES[0]: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    SPACES[1]: "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
}
_CONTENT_TYPES = "[Content_Types].xml"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_MOST = 2**31
"""Programs hold the number of a comment in so many bits."""
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PLAIN_PARAGRAPH = (
    '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>'
)
"""What reports set for all their paragraphs, two characters of indent before all, is not for comments."""
_PLAIN_RUN = '<w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>'


def with_comments(package: Package, main: Anatomy, texts: Sequence[str]) -> tuple[dict[str, bytes], list[int]]:
    """The parts that change for new comments, and the numbers of these; each line of a text is a paragraph."""
    part = package.related(package.main(), "comments")
    old = open_part(package, part) if part else None
    numbers = _numbers([*main.comments, *(old.comments if old is not None else ())], len(texts))
    moment = days.moment()
    made = "".join(_comment(number, text, moment) for number, text in zip(numbers, texts, strict=True))
    if old is not None:
        return {part: _appended(old, made if old.prefix == "w" else _declared(made, main.space))}, numbers
    part = _free(package, posixpath.join(posixpath.dirname(package.main()), "comments"), ".xml")
    whole = f'{_DECLARATION}<w:comments xmlns:w="{main.space}">{made}</w:comments>'
    return {part: whole.encode(), **_announced(package, part, _KIND[main.space])}, numbers


def _numbers(used: Sequence[str], count: int) -> list[int]:
    """Numbers behind those that are used; where there are no such, ones that are not used."""
    known = {int(each) for each in used if each.isdecimal()}
    behind = max(known, default=-1) + 1
    free = chain(range(behind, _MOST), (number for number in range(behind) if number not in known))
    return list(islice(free, count))


def _comment(number: int, text: str, moment: str) -> str:
    paragraphs: list[str] = []
    for line in text.split("\n"):
        mark = "" if paragraphs else f"<w:r>{_PLAIN_RUN}<w:annotationRef/></w:r>"
        words = escape(UNWRITABLE.sub("\ufffd", line))
        run = f'<w:r>{_PLAIN_RUN}<w:t xml:space="preserve">{words}</w:t></w:r>'
        paragraphs.append(f"<w:p>{_PLAIN_PARAGRAPH}{mark}{run}</w:p>")
    return (
        f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:date="{moment}" w:initials="{INITIALS}">'
        f"{''.join(paragraphs)}</w:comment>"
    )


def _declared(comments: str, space: str) -> str:
    """Comments that say themselves what their prefix stands for."""
    return comments.replace("<w:comment ", f'<w:comment xmlns:w="{space}" ')


def _announced(package: Package, part: str, kind: str) -> dict[str, bytes]:
    """The parts that say that there is a new one."""
    folder, file = posixpath.split(package.main())
    name = posixpath.join(folder, "_rels", f"{file}.rels")
    ids = {each.lower() for each in package.relations(package.main())}
    new = next(f"rId{number}" for number in range(1, len(ids) + 2) if f"rid{number}" not in ids)
    target = posixpath.relpath(part, folder or ".")
    relationship = f'<{{}}Relationship Id="{new}" Type="{kind}" Target="{target}"/>'
    override = f'<{{}}Override PartName="/{part}" ContentType="{_CONTENT_TYPE}"/>'
    whole = f'{_DECLARATION}<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'.encode()
    return {
        name: _appended(Anatomy(package.read(name) or whole), relationship),
        _CONTENT_TYPES: _appended(open_part(package, _CONTENT_TYPES), override),
    }


def _appended(part: Anatomy, elements: str) -> bytes:
    """A part with more elements at the end of its root; `{}` in them is the prefix that the root has."""
    root = part.root
    assert root is not None
    element = elements.replace("<{}", f"<{part.prefix}:" if part.prefix else "<")
    close = part.close(root)
    if close < root.end:
        return part.changed([Insertion(close, close, element.encode())])
    name = part.tag(root)[1:].split()[0].rstrip(b"/").decode()
    return part.changed([Insertion(close - len("/>"), close, f">{element}</{name}>".encode())])


def _free(package: Package, stem: str, suffix: str) -> str:
    """A name that no part has."""
    numbers = chain(("",), count(1))
    return next(f"{stem}{number}{suffix}" for number in numbers if not package.has(f"{stem}{number}{suffix}"))
