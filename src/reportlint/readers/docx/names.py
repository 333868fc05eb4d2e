"""Names of elements and attributes, as the file format has them."""

from __future__ import annotations

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

STRICT = (
    ("wordprocessingml/main", _W),
    ("officeDocument/relationships", _R),
    ("officeDocument/math", _M),
    ("drawingml/wordprocessingDrawing", _WP),
    ("drawingml/main", _A),
)
"""How the strict variant names the same namespaces, behind `http://purl.oclc.org/ooxml/`."""


def w(name: str) -> str:
    """A name of the main namespace."""
    return _W + name


VAL = w("val")
BODY, P, R, T, TBL, TR, TC = (w(name) for name in ("body", "p", "r", "t", "tbl", "tr", "tc"))
PPR, RPR, TRPR, TCPR = (w(name) for name in ("pPr", "rPr", "trPr", "tcPr"))
INS, DEL, MOVE_FROM, MOVE_TO = (w(name) for name in ("ins", "del", "moveFrom", "moveTo"))
SDT, SDT_CONTENT, CUSTOM_XML, SMART_TAG = (w(name) for name in ("sdt", "sdtContent", "customXml", "smartTag"))
HYPERLINK, DIR, BDO, FIELD = (w(name) for name in ("hyperlink", "dir", "bdo", "fldSimple"))
ALT_CHUNK, TEXT_BOX = w("altChunk"), w("txbxContent")
RUBY, RUBY_BASE = w("ruby"), w("rubyBase")
VANISH, NUM_PR, NUM_ID, LEVEL = w("vanish"), w("numPr"), w("numId"), w("ilvl")
PARAGRAPH_STYLE, RUN_STYLE, BASED_ON = w("pStyle"), w("rStyle"), w("basedOn")
DRAWING, PICT, OBJECT = w("drawing"), w("pict"), w("object")

ALTERNATE = _MC + "AlternateContent"
MATH, MATH_PARAGRAPH, MATH_TEXT = _M + "oMath", _M + "oMathPara", _M + "t"
ANCHOR, EXTENT = _WP + "anchor", _WP + "extent"
GRAPHIC_DATA, BLIP = _A + "graphicData", _A + "blip"
SHAPE, IMAGE_DATA, TEXT_PATH, OLE_OBJECT = _V + "shape", _V + "imagedata", _V + "textpath", _O + "OLEObject"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
