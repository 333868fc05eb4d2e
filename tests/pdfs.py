"""PDFs for tests, from a few calls: text, rules, areas and pictures at places from the top left corner."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

SONG = "/Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-{0} /DescendantFonts [{1} 0 R]"
SIZE = 10.5


class Page:
    """A page of A4, or of any other size."""

    def __init__(self, pdf: Pdf, width: float = 595, height: float = 842, extra: str = "") -> None:
        self.pdf = pdf
        self.width, self.height = width, height
        self.extra = extra
        """What else stands in its dictionary."""
        self.content: list[str] = []
        self.pictures: list[int] = []
        self.annotations: list[str] = []

    def text(
        self,
        left: float,
        top: float,
        text: str,
        size: float = SIZE,
        *,
        mode: int = 0,
        colour: str = "0 g",
        matrix: str = "1 0 0 1",
        font: str = "F1",
        gap: float = 0,
    ) -> None:
        """Text whose box begins there; `gap` is added behind each character, and `mode` 3 is not drawn."""
        at = f"{matrix} {left} {self.height - top - 0.85 * size}"
        code = text.encode("utf-16-be").hex()
        self.content.append(f"q {colour} BT /{font} {size} Tf {mode} Tr {gap} Tc {at} Tm <{code}> Tj ET Q")

    def line(self, left: float, top: float, right: float, bottom: float, colour: str = "0 G") -> None:
        self.content.append(f"q {colour} 0.5 w {left} {self.height - top} m {right} {self.height - bottom} l S Q")

    def area(self, left: float, top: float, right: float, bottom: float, colour: str = "0.8 0.9 1 rg") -> None:
        self.content.append(f"q {colour} {left} {self.height - bottom} {right - left} {bottom - top} re f Q")

    def picture(self, left: float, top: float, right: float, bottom: float) -> None:
        """A grey picture."""
        head = "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8"
        self.pictures.append(self.pdf.add(head, b"\x20\xa0\x60\xe0"))
        size = f"{right - left} 0 0 {bottom - top} {left} {self.height - bottom}"
        self.content.append(f"q {size} cm /P{len(self.pictures)} Do Q")

    def table(
        self,
        left: float,
        top: float,
        widths: Sequence[float],
        rows: Sequence[Sequence[str | None]],
        height: float = 20,
        size: float = SIZE,
        *,
        rules: bool = True,
    ) -> float:
        """A table and where it ends; None is a field that the cell to its left covers too, or, from the first on, above.

        Lines of a cell are parted by line feeds.
        """
        edges = [left]
        for width in widths:
            edges.append(edges[-1] + width)
        for number, row in enumerate(rows):
            above = top + number * height
            for column, cell in enumerate(row):
                is_below = cell is None and all(each is None for each in row[: column + 1])
                if rules and not is_below:
                    self.line(edges[column], above, edges[column + 1], above)
                if rules and (cell is not None or is_below):
                    self.line(edges[column], above, edges[column], above + height)
                for index, line in enumerate((cell or "").split("\n")):
                    self.text(edges[column] + 3, above + 4 + index * size * 1.2, line, size)
            if rules:
                self.line(edges[-1], above, edges[-1], above + height)
        end = top + len(rows) * height
        if rules:
            self.line(edges[0], end, edges[-1], end)
        return end


class Pdf:
    """A document; its pages are drawn on one after the other."""

    def __init__(self, trailer: str = "", catalog: str = "") -> None:
        self.objects: list[bytes] = []
        self.pages: list[Page] = []
        self.trailer, self.catalog = trailer, catalog
        self.root = self.add("")
        self.tree = self.add("")
        system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
        described = self.add(
            "/Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
            " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93"
        )
        widths = "/DW 1000 /W [1 [207 270 342 467 462 797 710 239 374 374 423 605 238 375 238 334] 17 26 462]"
        cid = self.add(
            f"/Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light {system} {widths} /FontDescriptor {described} 0 R"
        )
        self.level = self.add(SONG.format("H", cid))
        self.upright = self.add(SONG.format("V", cid))

    def add(self, head: str, data: bytes | None = None, packed: bool = False) -> int:
        """An object with these keys, a stream if there are data; its number."""
        body = f"<< {head} >>".encode()
        if data is not None:
            if packed:
                data, head = zlib.compress(data), f"{head} /Filter /FlateDecode"
            body = f"<< {head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
        self.objects.append(body)
        return len(self.objects)

    def page(self, width: float = 595, height: float = 842, extra: str = "") -> Page:
        self.pages.append(Page(self, width, height, extra))
        return self.pages[-1]

    def data(self) -> bytes:
        kids = []
        for page in self.pages:
            content = self.add("", "\n".join(page.content).encode(), packed=True)
            pictures = " ".join(f"/P{number} {picture} 0 R" for number, picture in enumerate(page.pictures, 1))
            fonts = f"/Font << /F1 {self.level} 0 R /V1 {self.upright} 0 R >>"
            notes = " ".join(f"{self.add(note)} 0 R" for note in page.annotations)
            kids.append(
                self.add(
                    f"/Type /Page /Parent {self.tree} 0 R /MediaBox [0 0 {page.width} {page.height}] {page.extra}"
                    f" /Resources << {fonts} /XObject << {pictures} >> >> /Contents {content} 0 R /Annots [{notes}]"
                )
            )
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        self.objects[self.tree - 1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
        self.objects[self.root - 1] = f"<< /Type /Catalog /Pages {self.tree} 0 R {self.catalog} >>".encode()
        written = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(len(written))
            written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        start = len(written)
        written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        written += b"".join(b"%010d 00000 n \n" % place for place in places)
        trailer = f"<< /Size {len(places) + 1} /Root {self.root} 0 R {self.trailer} >>"
        return written + b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (trailer.encode(), start)
