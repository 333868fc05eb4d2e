"""The rival for Chinese typography: autocorrect-py over the .txt files of a folder.

    python benchmarks/autocorrect_folder.py (lint|format) FOLDER

The package brings no command line, so this is the shortest loop over its interface: `lint` prints
the place of each finding as a linter does, `format` makes the corrected text and drops it.
"""

import sys
from os import listdir, path

import autocorrect_py


def main(job: str, folder: str) -> int:
    found = 0
    for name in sorted(listdir(folder)):
        if name.endswith(".txt"):
            with open(path.join(folder, name), encoding="utf-8") as file:
                text = file.read()
            if job == "format":
                autocorrect_py.format_for(text, "txt")
                continue
            for line in autocorrect_py.lint_for(text, "txt").lines:
                print(f"{name}:{line.line}:{line.col}")
                found = 1
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
