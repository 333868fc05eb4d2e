"""How much the page takes."""

from __future__ import annotations

from reportlint.readers.reader import Limits

CONNECTIONS = 8
"""Pages that are open at the same time; each has a language server of its own."""
CHARACTERS = 1_000_000
"""The longest text; the longest published reports have some hundred thousand characters."""
FILE_BYTES = Limits().text_bytes
"""The largest file that is read."""
MESSAGE_BYTES = 16 * 1024 * 1024
"""The largest message: holds a file of that size in base64, and a text of that length in JSON."""
