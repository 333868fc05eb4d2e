"""The site: `python -m sphinx -W --keep-going -n -c docs/site . build/site`, from the root of the repository.

The root is the source folder, so every page stays where it is and its links hold here as they do in the repository.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

project = "reportlint"
author = "reportlint"
html_title = "reportlint"
extensions = ["myst_parser", "rule_pages", "chinese_search"]

root_doc = "README.zh-CN"
include_patterns = [
    "README.md",
    "README.zh-CN.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs/**.md",
    "rules/**.md",
    "grammars/**.md",
    "examples/*/README.md",
    "examples/reportlint-*/*/docs/*.md",
    "benchmarks/README.md",
    "benchmarks/claims/README.md",
]
exclude_patterns = [".venv", "build", "dist", "**/.*", "**/node_modules", "**/reports"]

language = "en"
html_search_language = "zh-en"
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_additional_pages = {"index": "to-root.html"}
templates_path = ["_templates"]
# The reader's own fonts, Chinese ones named: a page in English has much Chinese in it.
_SANS = "system-ui, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
_MONO = (
    "ui-monospace, Consolas, Menlo, 'DejaVu Sans Mono', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', monospace"
)
_FONTS = {"font-stack": _SANS, "font-stack--monospace": _MONO, "font-stack--headings": _SANS}
html_theme_options = {"light_css_variables": _FONTS}
