"""LibreOffice as a maker of files: whole batches at once, since it is slow to start."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
_SECONDS = 300


def converted(files: Mapping[str, bytes], suffix: str, source_filter: str = "") -> dict[str, bytes]:
    """The files in another format, by their old names; what could not be converted is not there."""
    assert PROGRAM is not None
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "in"), Path(folder, "out")
        given.mkdir()
        for name, data in files.items():
            (given / name).write_bytes(data)
        command = [
            PROGRAM,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless",
            *([f"--infilter={source_filter}"] if source_filter else []),
            "--convert-to",
            suffix,
            "--outdir",
            str(made),
            *(str(given / name) for name in files),
        ]
        subprocess.run(command, check=True, timeout=_SECONDS, capture_output=True)
        kept = {name: made / f"{Path(name).stem}.{suffix.split(':')[0]}" for name in files}
        return {name: path.read_bytes() for name, path in kept.items() if path.exists()}
