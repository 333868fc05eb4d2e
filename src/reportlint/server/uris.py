"""URIs of documents, and the paths that they stand for."""

from __future__ import annotations

import os
from urllib.parse import unquote_to_bytes, urlsplit

from reportlint.formats.places import uri

_FILE = "file"
_LONGEST = 32_767 if os.name == "nt" else 4_095
"""Characters of a path, at the most: what is longer is no file on any system, and costs as much to look for."""


def path_of(address: str) -> str | None:
    """The path of a file's URI; None for what is no file, such as a text that was never saved."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme != _FILE:
        return None
    # Names that are no UTF-8 come by their bytes.
    path = os.fsdecode(unquote_to_bytes(_bytes(parts.path)))
    if "\0" in path or len(path) > _LONGEST:
        return None
    if os.name == "nt":
        return _windows(path, parts.netloc)
    return path or None


def _windows(path: str, host: str) -> str | None:
    if host:
        return f"\\\\{host}{path}".replace("/", "\\")
    drive = path.lstrip("/").replace("/", "\\")
    # Editors write the drive small and the colon escaped; the system does not mind.
    return drive if drive[1:2] == ":" else None


def uri_of(path: str) -> str:
    """The URI of a file, by its absolute path."""
    return uri(os.path.abspath(path).replace(os.sep, "/"))


def shown(address: str) -> str:
    """What a text that is no file is called: `<Untitled-1>`. It names no file, so that nothing is looked up for it."""
    name = os.fsdecode(unquote_to_bytes(_bytes(address))).rpartition("/")[2].rpartition(":")[2]
    return f"<{name}>"


def _bytes(text: str) -> bytes:
    """A URI's own characters; clients do not always escape all of them."""
    return text.encode("utf-8", "surrogatepass")
