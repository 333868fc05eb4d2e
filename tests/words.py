"""Word documents made of a few calls, as raw XML: whatever a test wants to say of one can be said.

    docx(p("青岭县人民政府"), p("收到", r("12", bold=True), "件"), table(["规章", "0"], [cell("甲", span=2)]))

A plain string is text; what these functions return is XML, and stands as it is.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_NAMESPACES = {
    "w": W,
    "r": R,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
EMU_OF_CM = 360_000


class Xml(str):
    """Markup, not text."""

    __slots__ = ()


class Relationship(NamedTuple):
    """A relationship of the main part; `kind` is the last word of its type."""

    id: str
    kind: str
    target: str
    external: bool = False


def text(words: str) -> Xml:
    """What stands in a run for a text: tabs and line ends are elements of their own."""
    made = []
    for number, line in enumerate(words.split("\n")):
        made.append("<w:br/>" if number else "")
        for column, piece in enumerate(line.split("\t")):
            made.append("<w:tab/>" if column else "")
            made.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "")
    return Xml("".join(made))


def r(*content: str, bold: bool = False, hidden: bool = False, style: str = "", props: str = "") -> Xml:
    """A run."""
    style = f"<w:rStyle w:val={quoteattr(style)}/>" if style else ""
    props = style + ("<w:b/>" if bold else "") + ("<w:vanish/>" if hidden else "") + props
    inside = "".join(each if isinstance(each, Xml) else text(each) for each in content)
    return Xml(f"<w:r>{_some('w:rPr', props)}{inside}</w:r>")


def inline(content: Sequence[str]) -> Xml:
    """What may stand in a paragraph: runs as they are, text in a run of its own."""
    return Xml("".join(each if isinstance(each, Xml) else r(each) for each in content))


def p(*content: str, style: str = "", number: tuple[int, int] | None = None, props: str = "", mark: str = "") -> Xml:
    """A paragraph; `number` is the list and the level (from 0), `mark` the run properties of the paragraph mark."""
    style = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    if number is not None:
        props = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>{props}'
    return Xml(f"<w:p>{_some('w:pPr', style + props + _some('w:rPr', mark))}{inline(content)}</w:p>")


def blocks(content: Sequence[str]) -> Xml:
    """What may stand in a cell or a text box: paragraphs and tables as they are, text in a paragraph of its own."""
    return Xml("".join(each if isinstance(each, Xml) else p(each) for each in content))


def cell(*content: str, span: int = 1, down: str = "", across: str = "", props: str = "") -> Xml:
    """A cell; `down` is "restart", "continue" or "bare" (a vMerge without a value), `across` that of hMerge."""
    made = f'<w:gridSpan w:val="{span}"/>' if span != 1 else ""
    made += f'<w:hMerge w:val="{across}"/>' if across else ""
    made += "<w:vMerge/>" if down == "bare" else f'<w:vMerge w:val="{down}"/>' if down else ""
    return Xml(f"<w:tc>{_some('w:tcPr', made + props)}{blocks(content or ('',))}</w:tc>")


def row(*cells: str, before: int = 0, after: int = 0, header: bool = False, props: str = "") -> Xml:
    """A row; a text is a cell."""
    made = f'<w:gridBefore w:val="{before}"/>' if before else ""
    made += f'<w:gridAfter w:val="{after}"/>' if after else ""
    made += "<w:tblHeader/>" if header else ""
    inside = "".join(each if isinstance(each, Xml) else cell(each) for each in cells)
    return Xml(f"<w:tr>{_some('w:trPr', made + props)}{inside}</w:tr>")


def table(*rows: str | Sequence[str], grid: int | Sequence[int] | None = None, props: str = "") -> Xml:
    """A table; a row may be given by its cells. The grid is a number of columns, or their widths."""
    widths = [1000] * grid if isinstance(grid, int) else grid or ()
    made = "".join(each if isinstance(each, Xml) else row(*each) for each in rows)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return Xml(f"<w:tbl>{_some('w:tblPr', props)}{_some('w:tblGrid', columns)}{made}</w:tbl>")


def wrapped(name: str, *content: str, attributes: str = "", block: bool = False) -> Xml:
    """An element around paragraphs or runs: `ins`, `hyperlink`, `smartTag`, `customXml`, `moveTo`."""
    inside = blocks(content) if block else inline(content)
    return Xml(f"<w:{name}{attributes}>{inside}</w:{name}>")


def inserted(*content: str, block: bool = False) -> Xml:
    return wrapped("ins", *content, attributes=' w:id="1" w:author="甲"', block=block)


def deleted(words: str) -> Xml:
    return Xml(f'<w:del w:id="2" w:author="甲"><w:r><w:delText>{escape(words)}</w:delText></w:r></w:del>')


def control(*content: str, block: bool = False, props: str = "") -> Xml:
    """A content control around runs, or around paragraphs, rows or cells as they are given."""
    inside = blocks(content) if block else inline(content)
    return Xml(f"<w:sdt>{_some('w:sdtPr', props)}<w:sdtContent>{inside}</w:sdtContent></w:sdt>")


def field(instruction: str, *result: str) -> Xml:
    """A field with its instruction and what it shows."""
    return Xml(
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{escape(instruction)}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{inline(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def simple_field(instruction: str, *result: str) -> Xml:
    return wrapped("fldSimple", *result, attributes=f" w:instr={quoteattr(instruction)}")


def alternate(choice: str, fallback: str) -> Xml:
    return Xml(
        f'<mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def drawing(inside: str, width: float, height: float, uri: str, *, behind: bool = False, floats: bool = False) -> Xml:
    """A run with something drawn; its size in centimetres."""
    size = f'<wp:extent cx="{int(width * EMU_OF_CM)}" cy="{int(height * EMU_OF_CM)}"/>'
    graphic = f'<a:graphic><a:graphicData uri="{uri}">{inside}</a:graphicData></a:graphic>'
    name = "anchor" if floats or behind else "inline"
    return Xml(f'<w:r><w:drawing><wp:{name} behindDoc="{int(behind)}">{size}{graphic}</wp:{name}></w:drawing></w:r>')


def picture(width: float, height: float, rel: str = "rIdP", *, behind: bool = False, floats: bool = False) -> Xml:
    blip = f'<pic:pic><pic:blipFill><a:blip r:embed="{rel}"/></pic:blipFill></pic:pic>'
    return drawing(blip, width, height, "picture", behind=behind, floats=floats)


def old_picture(style: str, rel: str = "rIdP") -> Xml:
    """A picture as Word wrote it before 2007."""
    return Xml(f'<w:r><w:pict><v:shape style="{style}"><v:imagedata r:id="{rel}"/></v:shape></w:pict></w:r>')


def embedded(program: str, style: str = "width:300pt;height:100pt") -> Xml:
    """An object of another program, such as a sheet."""
    return Xml(
        f'<w:r><w:object><v:shape style="{style}"><v:imagedata r:id="rIdP"/></v:shape>'
        f'<o:OLEObject Type="Embed" ProgID="{program}" DrawAspect="Content" r:id="rIdO"/></w:object></w:r>'
    )


def text_box(*content: str, both: bool = True) -> Xml:
    """A run with a text box, as Word writes it: once for programs that know it, once for those that do not."""
    inside = f"<w:txbxContent>{blocks(content)}</w:txbxContent>"
    old = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    if not both:
        return Xml(f"<w:r>{old}</w:r>")
    new = str(drawing(f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp>", 5, 2, "shape", floats=True))
    return Xml(f"<w:r>{alternate(new.removeprefix('<w:r>').removesuffix('</w:r>'), old)}</w:r>")


def note_mark(id: int, kind: str = "footnote") -> Xml:
    """The reference to a footnote or an endnote."""
    return Xml(f'<w:r><w:{kind}Reference w:id="{id}"/></w:r>')


def commented(id: int, *content: str) -> Xml:
    """Text with a comment on it."""
    return Xml(
        f'<w:commentRangeStart w:id="{id}"/>{inline(content)}<w:commentRangeEnd w:id="{id}"/>'
        f'<w:r><w:commentReference w:id="{id}"/></w:r>'
    )


def symbol(font: str, code: str) -> Xml:
    return Xml(f'<w:sym w:font="{font}" w:char="{code}"/>')


def ruby(base: str, above: str) -> Xml:
    return Xml(f"<w:ruby><w:rubyPr/><w:rt>{r(above)}</w:rt><w:rubyBase>{r(base)}</w:rubyBase></w:ruby>")


def math(words: str) -> Xml:
    return Xml(f"<m:oMath><m:r><m:t>{escape(words)}</m:t></m:r></m:oMath>")


def style(
    id: str, kind: str = "paragraph", *, based_on: str = "", name: str = "", runs: str = "", props: str = ""
) -> Xml:
    """A style; `runs` are its run properties, `props` those of its paragraphs."""
    based = f"<w:basedOn w:val={quoteattr(based_on)}/>" if based_on else ""
    return Xml(
        f'<w:style w:type="{kind}" w:styleId={quoteattr(id)}><w:name w:val={quoteattr(name or id)}/>{based}'
        f"{_some('w:pPr', props)}{_some('w:rPr', runs)}</w:style>"
    )


def level(number: int, format: str, words: str, *, start: int = 1, style: str = "", props: str = "") -> Xml:
    """A level of a list (from 0), as in `level(0, "chineseCounting", "%1、")`; `props` stand before the words."""
    link = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    return Xml(
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/>{props}{link}'
        f"<w:lvlText w:val={quoteattr(words)}/></w:lvl>"
    )


def outline(id: int, *levels: str, props: str = "") -> Xml:
    """A definition of lists; definitions stand before lists."""
    return Xml(f'<w:abstractNum w:abstractNumId="{id}">{props}{"".join(levels)}</w:abstractNum>')


def numbers(id: int, outline: int, *overrides: str) -> Xml:
    """A list; an override is raw XML."""
    return Xml(f'<w:num w:numId="{id}"><w:abstractNumId w:val="{outline}"/>{"".join(overrides)}</w:num>')


def notes(kind: str, *content: tuple[int, str]) -> Xml:
    """Footnotes, endnotes or comments: `notes("footnote", (1, "注"))`."""
    made = "".join(f'<w:{kind} w:id="{id}">{blocks([each])}</w:{kind}>' for id, each in content)
    return Xml(f"<w:{kind}s {namespaces()}>{made}</w:{kind}s>")


def namespaces() -> str:
    return " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())


def part(name: str, content: str) -> str:
    """A part of the document with the element `name` around it."""
    return f"{DECLARATION}<w:{name} {namespaces()}>{content}</w:{name}>"


def document(*content: str) -> str:
    """The main part."""
    return part("document", f"<w:body>{blocks(content)}<w:sectPr/></w:body>")


_KINDS = {
    "styles": "styles",
    "numbering": "numbering",
    "comments": "comments",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "settings": "settings",
    "header1": "header",
    "footer1": "footer",
}


def docx(
    *content: str,
    styles: str = "",
    numbering: str = "",
    comments: str = "",
    footnotes: str = "",
    endnotes: str = "",
    header: str = "",
    footer: str = "",
    relationships: Sequence[Relationship] = (),
    parts: Mapping[str, bytes | str | None] | None = None,
    macros: bool = False,
    strict: bool = False,
) -> bytes:
    """A document. Parts are given by what is in them; `parts` has raw ones, and None takes one away."""
    made: dict[str, bytes | str | None] = {"word/document.xml": document(*content)}
    if styles:
        made["word/styles.xml"] = part("styles", styles)
    if numbering:
        made["word/numbering.xml"] = part("numbering", numbering)
    for name, given in (("comments", comments), ("footnotes", footnotes), ("endnotes", endnotes)):
        if given:
            made[f"word/{name}.xml"] = DECLARATION + given
    for name, given in (("header1", header), ("footer1", footer)):
        if given:
            made[f"word/{name}.xml"] = part({"header1": "hdr", "footer1": "ftr"}[name], blocks([given]))
    if macros:
        made["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    made.update(parts or {})
    known = [
        Relationship(f"rId{number}", kind, f"{name}.xml")
        for number, (name, kind) in enumerate(_KINDS.items(), 1)
        if f"word/{name}.xml" in made
    ]
    made.setdefault("word/_rels/document.xml.rels", relations([*known, *relationships]))
    made.setdefault("_rels/.rels", relations([Relationship("rId1", "officeDocument", "word/document.xml")]))
    made.setdefault("[Content_Types].xml", _content_types(macros))
    kept = {name: each for name, each in made.items() if each is not None}
    return packed({name: _strict(each) if strict and isinstance(each, str) else each for name, each in kept.items()})


def relations(given: Sequence[Relationship]) -> str:
    made = "".join(
        f'<Relationship Id="{each.id}" Type="{R}/{each.kind}" Target={quoteattr(each.target)}'
        f"{' TargetMode=' + quoteattr('External') if each.external else ''}/>"
        for each in given
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}">{made}</Relationships>'


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: name != "[Content_Types].xml"):
            given = parts[name]
            archive.writestr(zipfile.ZipInfo(name), given, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def of_text(report: str) -> tuple[Xml, ...]:
    """A report in text as paragraphs and tables: lines with tabs, or pipes, are rows."""
    made: list[Xml] = []
    rows: list[Xml] = []
    for line in [*report.split("\n"), ""]:
        fields = fields_of(line)
        if fields is not None:
            if fields:
                rows.append(row(*fields))
            continue
        if rows:
            made.append(table(*rows))
            rows = []
        if line.strip():
            made.append(p(line.lstrip("# ") if line.startswith("#") else line))
    return tuple(made)


def fields_of(line: str) -> list[str] | None:
    """The fields of a line of a table; none for the rule below a head; None for other lines."""
    if "\t" in line:
        return line.split("\t")
    if line.startswith("|"):
        fields = [field.strip() for field in line.strip().strip("|").split("|")]
        return [] if set("".join(fields)) <= {"-", ":", " "} and "-" in line else fields
    return None


def _content_types(macros: bool) -> str:
    main = "application/vnd.ms-word.document.macroEnabled.main+xml" if macros else f"{_MAIN}.document.main+xml"
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def _strict(content: str) -> str:
    for transitional, strict in ((W, STRICT_W), (R, STRICT_R)):
        content = content.replace(transitional, strict)
    return content


def _some(name: str, inside: str) -> str:
    """An element, unless it would be empty."""
    return f"<{name}>{inside}</{name}>" if inside else ""
