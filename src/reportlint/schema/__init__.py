"""JSON Schemas of the files and outputs of reportlint, as they are published in `reportlint/schemas`.

`python -m reportlint.schema` makes them anew. That of the configuration depends on the packs: the published one knows
those that come with reportlint.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from reportlint import resources
from reportlint.errors import ReportlintError
from reportlint.shapes import Schema
from reportlint.vocabulary import nearest

CONFIG = "config"
SUBJECTS: Mapping[str, str] = {
    CONFIG: "配置 reportlint.toml，包括现有规则包的规则和选项",
    "accepted": "接受的问题 reportlint.accepted.toml",
    "baseline": "基线 .reportlint-baseline.json",
    "check": "check --output-format json 的输出",
    "jsonl": "check --output-format jsonl 的输出，每行一个",
    "extract": "extract 的输出",
    "acceptances": "accepted --output-format json 的输出",
    "settings": "config --output-format json 的输出",
    "test": "test --output-format json 的输出",
}
"""What there is a schema of."""
FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "schemas")


def file_name(name: str) -> str:
    """The file of a schema."""
    return f"{name}.schema.json"


def published(name: str) -> str:
    """A schema as it is kept; ReportlintError where there is none of that name."""
    if name not in SUBJECTS:
        raise ReportlintError(f"没有名为 {name} 的 JSON Schema{nearest(name, SUBJECTS)}")
    return resources.read("reportlint", f"schemas/{file_name(name)}").decode("utf-8")


def text(schema: Schema, ascii_only: bool = False) -> str:
    """A schema as it is written to a file."""
    import json

    return json.dumps(schema, ensure_ascii=ascii_only, indent=2) + "\n"


def generated() -> dict[str, Schema]:
    """Every schema as the code has it, by name."""
    from reportlint import origins
    from reportlint.acceptance import schema as acceptance
    from reportlint.formats import schema as formats
    from reportlint.schema import config
    from reportlint.testing import schema as testing

    return {
        CONFIG: config.schema(config.built_in()),
        "accepted": acceptance.accepted_file(),
        "baseline": acceptance.baseline_file(),
        "check": formats.check(),
        "jsonl": formats.lines(),
        "extract": formats.extract(),
        "acceptances": acceptance.listing(),
        "settings": origins.schema(),
        "test": testing.schema(),
    }


def publish() -> None:
    """Write all of them where they are published."""
    for name, schema in generated().items():
        with open(os.path.join(FOLDER, file_name(name)), "w", encoding="utf-8", newline="\n") as file:
            file.write(text(schema))
