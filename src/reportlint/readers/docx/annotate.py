"""A copy of a Word document with comments, and nothing else changed."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.errors import ReadError
from reportlint.readers.docx.anatomy import Anatomy, open_part
from reportlint.readers.docx.comments import with_comments
from reportlint.readers.docx.cuts import Spot, commented
from reportlint.readers.docx.package import Package
from reportlint.readers.docx.places import Stretch
from reportlint.readers.docx.repack import repacked
from reportlint.readers.reader import Annotation, Limits
from reportlint.source import Mapped, Source, Span

_EDGES = "\t\n"
"""What stands between paragraphs, rows and cells of the text."""
_WHITE = " \t\n"


def annotated(data: bytes, source: Source, annotations: Sequence[Annotation]) -> bytes:
    """The document with each annotation as a comment; one without a place stands on the first paragraph."""
    if not annotations:
        return data
    package = Package(data, Limits())
    page = _Page(package, source)
    changed, numbers = with_comments(package, page.anatomy, [annotation.text for annotation in annotations])
    stretches = [(number, *page.ends(annotation.span)) for number, annotation in zip(numbers, annotations, strict=True)]
    changed[package.main()] = commented(page.anatomy, stretches)
    return repacked(data, changed, package.main())


class _Page:
    """The main part of a document, and where in it stretches of the text are that was read from it."""

    def __init__(self, package: Package, source: Source) -> None:
        self._package = package
        self._source = source
        self.anatomy = open_part(package, package.main())
        self._notes: dict[str, Anatomy] = {}
        if not self.anatomy.paragraphs:
            raise ReadError("damaged", "文件的正文没有段落，加不了批注")

    def ends(self, span: Span | None) -> tuple[Spot, Spot]:
        """Where a stretch begins and ends."""
        text = self._source.text
        start, end = self._first_line() if span is None else span
        while start < end and text[start] in _WHITE:
            start += 1
        while start < end and text[end - 1] in _WHITE:
            end -= 1
        if start == end:
            # Nothing can be seen of a comment on nothing; what it stands in can be.
            while start > 0 and text[start - 1] not in _EDGES:
                start -= 1
            while end < len(text) and text[end] not in _EDGES:
                end += 1
        return self._spot(start, 0), self._spot(max(start, end - 1), 1)

    def _first_line(self) -> Span:
        text = self._source.text
        return self._source.line_span(len(text) - len(text.lstrip(_WHITE)))

    def _spot(self, offset: int, behind: int) -> Spot:
        """The place of a character of the text, or behind it."""
        origin = self._source.origin
        assert isinstance(origin, Mapped)
        if not self._source.text:
            return Spot(self.anatomy.paragraphs[0])
        mark, within = origin.mark(offset)
        assert isinstance(mark, Stretch)
        if mark.paragraph.part != self._package.main():
            return self._reference(mark)
        paragraph = self.anatomy.paragraphs[mark.paragraph.index]
        if mark.run < 0:
            return Spot(paragraph)
        return Spot(paragraph, self.anatomy.runs[mark.run].children[mark.child], within + behind)

    def _reference(self, mark: Stretch) -> Spot:
        """The reference to the note that something stands in: comments belong to the main part."""
        part = mark.paragraph.part
        if part not in self._notes:
            self._notes[part] = open_part(self._package, part)
        paragraph = self._notes[part].paragraphs[mark.paragraph.index]
        for kind in ("footnote", "endnote"):
            note = paragraph.within(kind)
            reference = self.anatomy.references.get((kind, note.id)) if note is not None else None
            around = reference.within("p") if reference is not None else None
            if reference is not None and around is not None:
                return Spot(around, reference, 0)
        return Spot(self.anatomy.paragraphs[0])
