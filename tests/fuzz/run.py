"""The coverage-guided fuzzer: `python -m tests.fuzz.run docx -max_total_time=300`. See README.md beside it.

What libFuzzer changes are bytes; a packed format would only ever be a damaged archive for it. So a docx or xlsx is
given as one of its parts, as bytes, and packed here among sound ones; the first byte says which part it is.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["reportlint", "reportlint_documents"]):
    from tests.fuzz.holds import check, lint

    from reportlint import Source  # noqa: F401 - what is imported here is watched
    from reportlint.readers import docx, html, pdf, xlsx  # noqa: F401
from tests.fuzz.packing import PACKED, pack

CORPUS = Path(__file__).parent / "corpus"


def main() -> None:
    reader, *arguments = sys.argv[1:]

    def one(data: bytes) -> None:
        source = check(pack(reader, data) if reader in PACKED else data, reader)
        if source is not None and len(source.text) < 20_000:
            lint(source)

    atheris.Setup([sys.argv[0], *arguments, str(CORPUS / reader)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
