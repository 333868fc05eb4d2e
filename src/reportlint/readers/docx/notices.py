"""What a document holds beside its text: counted while it is read, said at the end, each kind once."""

from __future__ import annotations

from collections import Counter

from reportlint.readers import remarks
from reportlint.readers.docx.places import Paragraph, Stretch
from reportlint.readers.writer import Writer

PICTURE, OBJECT, CHUNK = "picture", "object", "chunk"
"""What is counted by itself and belongs to the remark of another kind."""

_SENTENCES = {
    remarks.REVISION: "有 {} 处修订没有接受或拒绝，按接受后的文字检查",
    remarks.COMMENT: "有 {} 条批注，没有检查其中的文字",
    remarks.HIDDEN: "有 {} 处隐藏的文字，没有检查",
    CHUNK: "有 {} 处插入的另一份文档没有读取，其中的文字和表格没有检查",
}
_KINDS = {CHUNK: remarks.UNREAD}


class Notices:
    """Counts by kind, and where the first of each is."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._first: dict[str, tuple[Paragraph | None, int]] = {}

    def add(self, kind: str, place: Paragraph | None, offset: int, count: int = 1) -> None:
        """That there is something in a paragraph, or, where that has no text, behind what stands before an offset."""
        self._counts[kind] += count
        self._first.setdefault(kind, (place, offset))

    def count(self, kind: str) -> int:
        return self._counts[kind]

    def tell(self, writer: Writer) -> None:
        """Writes the remarks."""
        for kind, sentence in _SENTENCES.items():
            if self._counts[kind]:
                self._remark(writer, _KINDS.get(kind, kind), sentence.format(self._counts[kind]), kind)
        pictures, objects = self._counts[PICTURE], self._counts[OBJECT]
        said = [f"{pictures} 张图片" if pictures else "", f"{objects} 个嵌入的表格或文件" if objects else ""]
        if any(said):
            words = "和 ".join(each for each in said if each)
            first = min((self._first[kind][1], kind) for kind in (PICTURE, OBJECT) if kind in self._first)[1]
            self._remark(writer, remarks.PICTURE, f"有 {words}，其中的文字和表格没有检查", first)

    def _remark(self, writer: Writer, kind: str, message: str, counted: str) -> None:
        place, offset = self._first[counted]
        span = writer.first(lambda mark: isinstance(mark, Stretch) and mark.paragraph is place) if place else None
        writer.remark(kind, message, span or writer.behind(offset))
