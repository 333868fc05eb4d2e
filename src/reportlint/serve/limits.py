"""How much the page takes."""

from __future__ import annotations

from reportlint.readers.reader import Limits

CONNECTIONS = 8
"""Pages that are open at the same time; each has a language server of its own."""
CHARACTERS = 1_000_000
"""The longest text; the longest published reports have some hundred thousand characters."""
FILE_BYTES = Limits().file_bytes
"""The largest file that is read, whatever a configuration allows; texts and web pages have a limit of their own."""
READ_SECONDS = 45.0
"""The time that reading a file may take. The page itself waits for a minute."""
READS = 2
"""Files that are read at the same time, for all pages together."""
TEXT_MESSAGE = 16 * 1024 * 1024
"""The longest message without a file in it: holds a text of that length in JSON. In characters."""
MESSAGE_BYTES = FILE_BYTES * 4 // 3 + 1024 * 1024
"""The largest message: holds a file of that size in base64."""
