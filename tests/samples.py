"""The documents that the pages of the pack `documents` take their examples from, made anew: `python -m tests.samples`.

Each is the compliant report of a town with one thing in it that its text does not show.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from .words import (
    Relationship,
    commented,
    deleted,
    docx,
    inserted,
    notes,
    of_text,
    p,
    picture,
    r,
)

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "rules" / "reportlint_documents" / "samples"
_REPORT = ROOT / "examples" / "reports" / "qinghe-town-2024.txt"
_SENTENCE = "按照《政府信息公开信息处理费管理办法》，本年度发出收费通知0件，总金额0元，实际收取0元。"
_ALT_CHUNK = '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdC"/>'


def samples() -> dict[str, bytes]:
    """The documents by the names of their files."""
    image = {"word/media/image1.png": _png(600, 400)}
    embedded = Relationship("rIdP", "image", "media/image1.png")
    linked = Relationship("rIdP", "image", "https://www.example.gov.cn/seal.png", external=True)
    chunk = Relationship("rIdC", "aFChunk", "chunk.html")
    last = p(deleted("依照"), inserted("按照"), _SENTENCE.removeprefix("按照"))
    return {
        "tracked-changes.docx": docx(*_with(last)),
        "comments.docx": docx(
            *_with(p(commented(0, _SENTENCE))), comments=notes("comment", (0, "这一段是不是照抄去年的？"))
        ),
        "hidden-text.docx": docx(*_with(p(_SENTENCE, r("2023年本镇收到申请4件。", hidden=True)))),
        "macros.docm": docx(*_with(p(_SENTENCE)), macros=True),
        "external-content.docx": docx(*_with(p(_SENTENCE, picture(1, 1))), relationships=[linked]),
        "picture.docx": docx(*_without_requests(picture(15, 10)), relationships=[embedded], parts=image),
        "unread-table.docx": docx(
            *_without_requests(_ALT_CHUNK, bare=True),
            relationships=[chunk],
            parts={"word/chunk.html": "<table><tr><td>三、本年度办理结果</td></tr></table>"},
        ),
        "renamed-file.doc": docx(*_with(p(_SENTENCE))),
    }


def _with(last: str) -> tuple[str, ...]:
    """The report with another last paragraph."""
    return (*of_text(_REPORT.read_text(encoding="utf-8"))[:-1], last)


def _without_requests(instead: str, *, bare: bool = False) -> tuple[str, ...]:
    """The report with something in place of the table of section three."""
    paragraphs = list(of_text(_REPORT.read_text(encoding="utf-8")))
    place = next(number for number, each in enumerate(paragraphs) if "结转下年度继续办理" in each and "<w:tbl>" in each)
    paragraphs[place] = type(paragraphs[place])(instead) if bare else p(instead)
    return tuple(paragraphs)


def _png(width: int, height: int) -> bytes:
    """A white picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + b"\xff" * ((width + 7) // 8)) * height
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, data in samples().items():
        (FOLDER / name).write_bytes(data)
