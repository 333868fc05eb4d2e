"""What the packs know of their rules, put into the pages of the rules and into the lists of them.

A page in the repository does not repeat what its rule says in code: severity, basis, formula, options, forms.
Nor is the order of pages written down anywhere: the packs bring it. Sources are changed in memory only.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from reportlint.findings import Severity
from reportlint.formats.manual import facts
from reportlint.linter import Linter
from reportlint.rules import Rule

ROOT = Path(__file__).parents[2]
LINTER = Linter.from_layers([])
PACKS = LINTER.packs
DEFAULT = LINTER.settings.rules
PAGES = {
    f"rules/{folder.name}/docs/{rule.name.partition('/')[2]}": rule
    for rule in PACKS.rules.values()
    if (folder := Path(PACKS.folder(rule.name.partition("/")[0]) or "/")).parent == ROOT / "rules"
}
RULES, OWN = "规则 Rules", "扩展 Packs of your own"
CONTENTS = {  # captions and pages; packs are added under "rules", example packs under "packs of your own"
    "开始 Start": ["这是什么 <self>", "怎样使用 </docs/usage.zh-CN>", "What it is </README>", "/docs/usage"],
    RULES: ["按严重程度 By severity </docs/site/severity>", "按规则包 By pack </docs/rules>"],
    "使用 In use": [
        "/docs/documents",
        "/docs/editors",
        "/docs/serve",
        "/docs/hooks",
        "/docs/ci",
        "/docs/accepting",
        "/docs/fixes",
        "/docs/outputs",
    ],
    "参考 Reference": ["/docs/configuration", "/docs/api"],
    OWN: ["/rules/README", "/grammars/README"],
    "项目 Project": [
        "Architecture </docs/design/architecture>",
        "/docs/design/speed",
        "/benchmarks/README",
        "/benchmarks/claims/README",
        "/CONTRIBUTING",
        "/CHANGELOG",
    ],
}
CHINESE_NAMES = {
    "national": "全国",
    "text": "文字",
    "privacy": "个人信息",
    "documents": "文件",
    "beijing": "北京",
    "gansu-wuwei": "甘肃武威",
    "hunan-huaihua": "湖南怀化",
    "shanghai": "上海",
}
CHINESE = {"README.zh-CN", "docs/usage.zh-CN", "docs/site/severity"}
_LINK = re.compile(r"(?P<text>\[[^\]\n]*\])\((?P<to>[^)#:\s]+)\)")
_BASE = re.compile(r"^Base: `([^`]+)`$", re.MULTILINE)
_CHINESE = re.compile(r"[\u3001-\u9fff\uff00-\uffef“”]")


def _facts(rule: Rule) -> Iterator[tuple[str, str]]:
    """What `reportlint rule NAME` says beside the page, as Markdown."""
    for fact in facts(rule, LINTER):
        yield f"{fact.label} {fact.english}", _plain(fact.value)


def _plain(text: str) -> str:
    """Text as Markdown that shows it as it is, within a table."""
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", text)


def rule_page(rule: Rule, text: str) -> str:
    """The page with its Chinese name in the title, the facts below it, and a link to the report of its examples."""
    head, gap, rest = text.partition("\n## ")
    (label, first), *others = [("规则 Rule", f"`{rule.name}`"), *_facts(rule)]
    rows = [f"| {label} | {first} |", "|---|---|", *(f"| {label} | {value} |" for label, value in others)]
    table = "\n".join(["", ":::{rst-class} rule-facts", ":::", "", *rows, ""])
    title, name, *more = (part.strip() for part in head.strip().split("\n\n"))
    body = "\n\n".join([table, *more])
    return _BASE.sub(_base, f"# {name} {title.removeprefix('# ')}\n{body}{gap}{rest}")


def _base(match: re.Match[str]) -> str:
    return f"Base: {{download}}`{match[1]} </{match[1]}>`" if (ROOT / match[1]).is_file() else match[0]


def chinese_name(docname: str) -> str:
    lines = (ROOT / f"{docname}.md").read_text("utf-8").splitlines()
    return next(line for line in lines[1:] if line.strip())


def contents() -> str:
    """The table of contents: all pages, the rules by pack. Hidden; the sidebar shows it."""
    parts = []
    for caption, pages in CONTENTS.items():
        entries = list(pages)
        if caption == RULES:
            entries += map(_pack_entry, dict.fromkeys(page.split("/")[1] for page in _by_pack()))
        if caption == OWN:
            entries += sorted(_docname(page) for page in ROOT.glob("examples/*/README.md"))
        parts += ["", _toctree(entries, caption)]
    return "\n".join(parts)


def _pack_entry(folder: str) -> str:
    name = folder.removeprefix("reportlint_").replace("_", "-")
    return f"{CHINESE_NAMES.get(name, '')} {name} </rules/{folder}/README>".lstrip()


def _docname(page: Path) -> str:
    return f"/{page.relative_to(ROOT).with_suffix('').as_posix()}"


def _by_pack() -> list[str]:
    """The pages of rules: the packs that are on by default first, the others by name."""
    return sorted(PAGES, key=lambda page: (PAGES[page].name not in DEFAULT, page.split("/")[1]))


def _toctree(entries: list[str], caption: str = "") -> str:
    options = [":hidden:", *([f":caption: {caption}"] if caption else [])]
    return "\n".join(["```{toctree}", *options, "", *entries, "```", ""])


def pack_page(folder: str) -> str:
    pages = [page for page in PAGES if page.split("/")[1] == folder]
    return "\n" + _toctree([f"/{page}" for page in pages])


def rows(pages: list[str]) -> str:
    """A table of rules: name, Chinese name, what it checks."""
    lines = [":::{rst-class} rule-list", ":::", "", "| 名称 | 规则 Rule | 检查什么 Checks |", "|---|---|---|"]
    for page in pages:
        rule = PAGES[page]
        lines.append(f"| {chinese_name(page)} | [{rule.name}](/{page}.md) | {_plain(rule.summary)} |")
    return "\n".join(lines)


def lists(text: str, folder: str) -> str:
    """Comments that stand for lists of rules replaced by them: of a pack, of a severity."""
    text = text.replace("<!-- rules of this pack -->", rows([page for page in PAGES if page.split("/")[1] == folder]))
    for severity in Severity:
        pages = [page for page in _by_pack() if PAGES[page].severity is severity]
        text = text.replace(f"<!-- rules: {severity.label} -->", rows(pages))
    return text


def folders(docname: str, text: str) -> str:
    """A link to a folder goes to its README, as it does in the repository; without one there is nothing to show."""

    def link(match: re.Match[str]) -> str:
        target = (ROOT / docname).parent / match["to"]
        if not target.is_dir():
            return match[0]
        readme = f"{match['text']}({match['to'].rstrip('/')}/README.md)"
        return readme if (target / "README.md").is_file() else match["text"][1:-1]

    return _LINK.sub(link, text)


def read(app: Sphinx, docname: str, source: list[str]) -> None:
    text = folders(docname, source[0])
    if docname in PAGES:
        text = rule_page(PAGES[docname], text)
    folder, _, name = docname.removeprefix("rules/").partition("/")
    text = lists(text, folder)
    if docname.startswith("rules/") and name == "README":
        text += pack_page(folder)
    if re.fullmatch(r"examples/[^/]+/README", docname):
        pages = sorted((ROOT / docname).parent.glob("*/docs/*.md"))
        if pages:
            text += "\n" + _toctree([_docname(page) for page in pages])
    if docname == app.config.root_doc:
        text += contents()
    source[0] = text


def outdated(app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]) -> list[str]:
    """What shows something of the packs, whose code may have changed where the page did not."""
    packs = {f"rules/{page.split('/')[1]}/README" for page in PAGES}
    return sorted({*PAGES, *packs, "docs/site/severity", app.config.root_doc} & env.found_docs)


def join_lines(_app: Sphinx, doctree: nodes.document) -> None:
    """A line of a Chinese paragraph that goes on in the next: no space between them."""
    for paragraph in doctree.findall(nodes.TextElement):
        around = [child.astext() for child in paragraph]
        breaks = [place for place, text in enumerate(around) if text == "\n" and 0 < place < len(around) - 1]
        for place in reversed(breaks):
            if _CHINESE.match(around[place - 1][-1:]) and _CHINESE.match(around[place + 1]):
                del paragraph[place]


def link_names(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Names of rules in the text become links to their pages; one-word names are too often just words."""
    pages = {rule.name: page for page, rule in PAGES.items()}
    bare = [name.partition("/")[2] for name in pages]
    pages |= {name.partition("/")[2]: page for name, page in pages.items() if bare.count(name.partition("/")[2]) == 1}
    for literal in list(doctree.findall(nodes.literal)):
        page = pages.get(literal.astext())
        inside = isinstance(literal.parent, nodes.reference | nodes.title)
        if page and page != docname and not inside and re.search("[-/]", literal.astext()):
            link = nodes.reference("", "", refuri=app.builder.get_relative_uri(docname, page), internal=True)
            literal.replace_self(link)
            link += literal


def language(_app: Sphinx, pagename: str, _template: str, context: dict[str, object], _tree: object) -> None:
    context["language"] = "zh-CN" if pagename in CHINESE else "en"


def setup(app: Sphinx) -> dict[str, bool]:
    if not PAGES:
        raise RuntimeError(f"no pack of {os.path.relpath(ROOT / 'rules')} is installed: pip install -e '.[docs]'")
    app.add_lexer("lark", TextLexer)  # Pygments knows no Lark
    app.connect("env-get-outdated", outdated)
    app.connect("source-read", read)
    app.connect("doctree-read", join_lines)
    app.connect("doctree-resolved", link_names)
    app.connect("html-page-context", language)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
