"""The hooks of .pre-commit-hooks.yaml, run by the real pre-commit in repositories of reports."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from reportlint import Linter, __version__
from reportlint.cli.arguments import parsed
from reportlint.readers import REPORT_SUFFIXES, TEXT_SUFFIXES

from .index import require_index
from .pdfs import Pdf
from .words import docx, of_text

ROOT = Path(__file__).parents[1]
MANIFEST = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
SHIPPED = (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE", "src", "rules", "grammars", "examples")
"""What a clone of this repository needs for its wheel to be built."""
REPORTS = ROOT / "examples" / "reports"
COMPLIANT = (REPORTS / "qinghe-town-2024.txt").read_text("utf-8")
CARRIED = "二、上年结转政府信息公开申请数量\t\t\t1\t0\t0\t0\t0\t0\t{}\n"
WRONG = COMPLIANT.replace(CARRIED.format(1), CARRIED.format(5))
"""The report with one cell that breaks sums."""
MENDED = "在村广播里播放。\n"
SLIPPED = "在村广播里播放。。\n"
SLIP = COMPLIANT.replace(MENDED, SLIPPED)
"""The report with one full stop too many, for which there is a safe fix."""
HENAN = ROOT / "examples" / "reportlint-henan"
TAG = "v0.1.0"
PATIENCE = 300
"""Seconds that a process may take on a busy machine before a test gives it up."""

assert COMPLIANT not in (WRONG, SLIP)


@pytest.mark.parametrize("hook", MANIFEST, ids=lambda hook: hook["id"])
def test_the_command_of_a_hook_is_one_that_the_command_line_knows(hook: dict[str, Any]) -> None:
    program, *arguments = hook["entry"].split()
    assert program == "reportlint"
    options = parsed([*arguments, "年报 2024.txt"])
    assert options.paths == ["年报 2024.txt"]
    # Processes are started by one of the two, pre-commit or reportlint.
    assert (options.jobs == 1) == hook.get("pass_filenames", True)


def test_a_hook_is_given_the_files_that_are_found_in_a_folder() -> None:
    hooks = {hook["id"]: re.compile(hook.get("files", "")) for hook in MANIFEST}
    found = [
        suffix for suffix in ("", ".csv", ".docx.bak", *REPORT_SUFFIXES) if hooks["reportlint"].search(f"年报{suffix}")
    ]
    assert set(found) == REPORT_SUFFIXES
    assert hooks["reportlint"].search("年报.DOCX")
    # What can be mended is text, and what a reader can write back.
    readers = Linter.from_layers([]).readers.all
    mended = TEXT_SUFFIXES.union(*(reader.suffixes for reader in readers if reader.rewrite is not None))
    assert {suffix for suffix in REPORT_SUFFIXES if hooks["reportlint-fix"].search(f"年报{suffix}")} >= mended


# The hooks


class Outcome(NamedTuple):
    status: int
    out: str


def process(*command: str | Path, cwd: Path, env: dict[str, str]) -> Outcome:
    done = subprocess.run(
        command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE, check=False
    )
    return Outcome(done.returncode, done.stdout.decode("utf-8", "replace"))


def git(cwd: Path, *arguments: str | Path, env: dict[str, str]) -> str:
    """What git says; it must not fail."""
    outcome = process("git", *arguments, cwd=cwd, env=env)
    assert outcome.status == 0, outcome.out
    return outcome.out


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Environment variables: nobody's own git settings, caches and hooks have a part in this."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT", "SKIP"))}
    (home / "gitconfig").write_text("[user]\nname = 审核员\nemail = reviewer@example.org\n", "utf-8")
    return kept | {
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PRE_COMMIT_COLOR": "never",
        "REPORTLINT_CACHE_DIR": str(home / "reportlint"),
        "VIRTUALENV_OVERRIDE_APP_DATA": str(home / "virtualenv"),
        "VIRTUALENV_NO_PERIODIC_UPDATE": "1",
    }


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """This project as a git repository that hooks are taken from."""
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path_factory.mktemp("shop")
    require_index(folder)
    project = folder / "reportlint"
    project.mkdir()
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(ROOT / name, project)
    git(project, "init", "--quiet", env=environment)
    git(project, "add", "--all", env=environment)
    git(project, "commit", "--quiet", "-m", "all", env=environment)
    git(project, "tag", TAG, env=environment)
    return project


class Archive:
    """A git repository of reports with hooks."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.folder = folder
        self.env = env
        self.git("init", "--quiet")

    def use(self, shop: Path, *hooks: dict[str, Any]) -> None:
        """Take hooks from a repository, and install them."""
        config = {"repos": [{"repo": str(shop), "rev": TAG, "hooks": list(hooks)}]}
        self.write(".pre-commit-config.yaml", yaml.safe_dump(config, allow_unicode=True))
        outcome = self.pre_commit("install", "--install-hooks")
        assert outcome.status == 0, outcome.out
        self.git("add", ".pre-commit-config.yaml")
        self.git("commit", "--quiet", "--no-verify", "-m", "hooks")

    def write(self, name: str, text: str, encoding: str = "utf-8") -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))

    def read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def git(self, *arguments: str) -> str:
        return git(self.folder, *arguments, env=self.env)

    def pre_commit(self, *arguments: str) -> Outcome:
        return process(sys.executable, "-m", "pre_commit", *arguments, cwd=self.folder, env=self.env)

    def commit(self, *paths: str, env: dict[str, str] | None = None) -> Outcome:
        """Stage paths and commit what is staged: the outcome of git, hooks included."""
        if paths:
            self.git("add", "--", *paths)
        return process("git", "commit", "-m", "年报", cwd=self.folder, env=self.env | (env or {}))

    def head(self) -> list[str]:
        """The files of the last commit."""
        return self.git("ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0")[:-1]


@pytest.fixture
def bare(tmp_path: Path, shop: Path, environment: dict[str, str]) -> Archive:  # noqa: ARG001 - skips where it skips
    """A repository without hooks yet."""
    return Archive(tmp_path, environment)


@pytest.fixture
def archive(bare: Archive, shop: Path) -> Archive:
    """A repository in which the reports of a commit are checked."""
    bare.use(shop, {"id": "reportlint"})
    return bare


def reports_checked(out: str) -> list[int]:
    """How many reports each process says that it checked."""
    return [int(line.split()[1]) for line in out.splitlines() if line.startswith("检查了 ")]


def test_a_bad_report_is_refused_and_a_mended_one_passes(archive: Archive) -> None:
    archive.write("年报.txt", WRONG)
    outcome = archive.commit("年报.txt")
    assert outcome.status == 1
    assert "- exit code: 1\n" in outcome.out
    assert "national/request-balance" in outcome.out
    assert archive.head() == [".pre-commit-config.yaml"]
    archive.write("年报.txt", COMPLIANT)
    outcome = archive.commit("年报.txt")
    assert outcome.status == 0, outcome.out
    assert "reportlint" in outcome.out
    assert "Passed" in outcome.out
    assert archive.head() == [".pre-commit-config.yaml", "年报.txt"]


NAMES = ("青禾镇2024年政府信息公开工作年度报告.txt", "信息公开/2024 年报 (定稿).txt", "年报.TXT")


def test_names_may_be_chinese_and_have_spaces(archive: Archive) -> None:
    for name in NAMES:
        archive.write(name, WRONG)
    outcome = archive.commit(*NAMES)
    assert outcome.status == 1
    for name in NAMES:
        assert f"  {name}:" in outcome.out
    for name in NAMES:
        archive.write(name, COMPLIANT)
    assert archive.commit(*NAMES).status == 0
    assert set(archive.head()) == {".pre-commit-config.yaml", *NAMES}


def test_reports_may_be_pages_and_in_the_encoding_of_an_office(archive: Archive) -> None:
    archive.write("年报.txt", WRONG, "gb18030")
    archive.write("年报.md", (REPORTS / "yunxi-archives-2023.md").read_text("utf-8"))
    outcome = archive.commit("年报.txt", "年报.md")
    assert outcome.status == 1
    assert "  年报.txt:" in outcome.out
    assert reports_checked(outcome.out) == [2]


def test_documents_of_a_commit_are_checked(bare: Archive, shop: Path) -> None:
    bare.use(shop, {"id": "reportlint"})
    letter = "关于召开会议的通知\n\n各单位：请于周五到会。\n"
    documents = {
        "年报.docx": docx(*of_text(WRONG)),
        "通知.DOCX": docx(*of_text(letter)),
        "~$年报.docx": b"\5user",
    }
    for name, data in documents.items():
        (bare.folder / name).write_bytes(data)
    outcome = bare.commit(*documents)
    assert outcome.status == 1
    assert "- exit code: 1\n" in outcome.out
    assert reports_checked(outcome.out) == [1]
    assert re.search(r"年报\.docx.*表二 第\d+行", outcome.out)
    assert "略过 通知.DOCX：不像年度报告。" in outcome.out
    (bare.folder / "年报.docx").write_bytes(docx(*of_text(COMPLIANT)))
    outcome = bare.commit("年报.docx")
    assert outcome.status == 0, outcome.out
    # What reads PDF is not installed unless it is asked for; the message has the line for the hook.
    (bare.folder / "年报.pdf").write_bytes(b"%PDF-1.7\n")
    outcome = bare.commit("年报.pdf")
    assert outcome.status == 1
    assert "- exit code: 2\n" in outcome.out
    assert "additional_dependencies: ['reportlint[pdf]']" in outcome.out


def test_what_reads_a_format_comes_in_by_additional_dependencies(bare: Archive, shop: Path) -> None:
    bare.use(shop, {"id": "reportlint", "additional_dependencies": ["reportlint[pdf]"]})
    made = Pdf()
    page = made.page()
    for number, line in enumerate(COMPLIANT.splitlines()[:3]):
        page.text(90, 80 + 20 * number, line[:30])
    (bare.folder / "年报.pdf").write_bytes(made.data())
    outcome = bare.commit("年报.pdf")
    assert outcome.status == 1
    assert "- exit code: 1\n" in outcome.out
    assert "national/required-sections" in outcome.out


def test_what_is_no_report_is_left_alone(archive: Archive) -> None:
    archive.write("README.md", "# 年报\n\n各单位的年度报告。\n")
    archive.write("LICENSE", "无。\n")
    archive.write("requirements.txt", "reportlint\n")
    archive.write("图.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>\n")
    archive.write("统计.py", "print(1)\n")
    outcome = archive.commit(".")
    assert outcome.status == 0, outcome.out
    archive.write("统计.py", "print(2)\n")
    outcome = archive.commit(".")
    assert outcome.status == 0, outcome.out
    assert "(no files to check)Skipped" in outcome.out
    # Beside a report they change nothing, and the report is checked.
    archive.write("README.md", "# 年报\n")
    archive.write("年报.txt", WRONG)
    outcome = archive.commit(".")
    assert outcome.status == 1
    assert reports_checked(outcome.out) == [1]
    assert "略过 README.md：不像年度报告。" in outcome.out


def test_what_the_configuration_or_git_leaves_out_is_left_out(archive: Archive) -> None:
    archive.write("reportlint.toml", 'exclude = ["旧/"]\n')
    archive.write(".gitignore", "草稿*\n")
    for name in ("旧/年报.txt", "草稿.txt", "年报.txt"):
        archive.write(name, WRONG)
    archive.git("add", "--force", ".")
    outcome = archive.commit()
    assert outcome.status == 1
    assert reports_checked(outcome.out) == [1]
    assert "  年报.txt:" in outcome.out
    archive.write("年报.txt", COMPLIANT)
    outcome = archive.commit("年报.txt")
    assert outcome.status == 0, outcome.out


def test_a_report_that_cannot_be_read_is_refused(archive: Archive) -> None:
    (archive.folder / "年报.txt").write_bytes(b"\xff\xff\xff")
    outcome = archive.commit("年报.txt")
    assert outcome.status == 1
    assert "- exit code: 2\n" in outcome.out
    assert "reportlint/encoding" in outcome.out


def test_a_report_may_be_deleted_and_renamed(archive: Archive) -> None:
    archive.write("旧.txt", COMPLIANT)
    archive.write("删.txt", WRONG)
    archive.git("add", "--all")
    archive.git("commit", "--no-verify", "--quiet", "-m", "x")
    archive.git("rm", "--quiet", "删.txt")
    outcome = archive.commit()
    assert outcome.status == 0, outcome.out
    archive.git("mv", "旧.txt", "新.txt")
    outcome = archive.commit()
    assert outcome.status == 0, outcome.out
    assert archive.head() == [".pre-commit-config.yaml", "新.txt"]
    archive.git("mv", "新.txt", "更新.txt")
    archive.write("更新.txt", WRONG)
    outcome = archive.commit("更新.txt")
    assert outcome.status == 1
    assert "  更新.txt:" in outcome.out


def test_what_is_staged_is_checked_and_not_what_is_beside_it(archive: Archive) -> None:
    archive.write("年报.txt", WRONG)
    archive.git("add", "年报.txt")
    archive.write("年报.txt", COMPLIANT)
    outcome = archive.commit()
    assert outcome.status == 1
    assert "national/request-balance" in outcome.out
    assert archive.read("年报.txt") == COMPLIANT
    archive.git("add", "年报.txt")
    archive.write("年报.txt", WRONG)
    outcome = archive.commit()
    assert outcome.status == 0, outcome.out
    assert archive.read("年报.txt") == WRONG
    assert archive.git("show", "HEAD:年报.txt") == COMPLIANT


def test_reports_are_checked_in_parallel_with_one_cache(archive: Archive, tmp_path: Path) -> None:
    names = [f"单位{number:02}.txt" for number in range(24)]
    for number, name in enumerate(names):
        archive.write(name, WRONG if number % 2 else COMPLIANT)
    cache = {"REPORTLINT_CACHE_DIR": str(tmp_path / ".git" / "cold")}
    cold = archive.commit(*names, env=cache)
    warm = archive.commit(env=cache)
    assert cold.status == warm.status == 1
    for outcome in (cold, warm):
        counts = reports_checked(outcome.out)
        assert sum(counts) == len(names)
        assert (len(counts) > 1) == ((os.cpu_count() or 1) > 1)
        assert sorted(name for name in names if f"  {name}:" in outcome.out) == names[1::2]
    said = [sorted(outcome.out.splitlines()) for outcome in (cold, warm)]
    assert said[0] == said[1]


def test_the_settings_of_the_repository_hold(archive: Archive) -> None:
    archive.write("reportlint.toml", 'select = ["national/fee-disclosure"]\n')
    archive.write("年报.txt", WRONG)
    archive.write("sub/reportlint.toml", 'select = ["national/request-balance"]\n')
    archive.write("sub/年报.txt", WRONG)
    outcome = archive.commit(".")
    assert outcome.status == 1
    assert "  sub/年报.txt:" in outcome.out
    assert "  年报.txt:" not in outcome.out


def test_a_pack_of_a_province_comes_in_by_additional_dependencies(bare: Archive, shop: Path) -> None:
    pack = shop / "examples" / "reportlint-henan"
    bare.use(shop, {"id": "reportlint", "additional_dependencies": [str(pack)]})
    bare.write("reportlint.toml", 'extends = ["henan"]\n')
    report = (HENAN / "reportlint_henan" / "reports" / "liudu-town-2024.txt").read_text("utf-8")
    bare.write("年报.txt", report)
    outcome = bare.commit(".")
    assert outcome.status == 0, outcome.out
    bare.write("年报.txt", report.replace("《中华人民共和国政府信息公开条例》", "有关规定"))
    outcome = bare.commit(".")
    assert outcome.status == 1
    assert "henan/legal-basis" in outcome.out


def test_a_pack_that_is_not_there_is_said_not_to_be(archive: Archive) -> None:
    archive.write("reportlint.toml", 'extends = ["henan"]\n')
    archive.write("年报.txt", COMPLIANT)
    outcome = archive.commit(".")
    assert outcome.status == 1
    assert "- exit code: 2\n" in outcome.out
    assert "henan" in outcome.out


@pytest.fixture
def mending(bare: Archive, shop: Path) -> Archive:
    """A repository in which the reports of a commit are mended, then checked."""
    bare.use(shop, {"id": "reportlint-fix"}, {"id": "reportlint"})
    return bare


def test_what_can_be_mended_is_mended_and_the_next_commit_passes(mending: Archive) -> None:
    mending.write("年报.txt", SLIP)
    outcome = mending.commit("年报.txt")
    assert outcome.status == 1
    assert "- files were modified by this hook\n" in outcome.out
    assert mending.read("年报.txt") == COMPLIANT
    outcome = mending.commit("年报.txt")
    assert outcome.status == 0, outcome.out
    assert mending.git("show", "HEAD:年报.txt") == COMPLIANT


def test_figures_are_not_mended_and_what_is_no_report_is_not_touched(mending: Archive) -> None:
    notes = "会议记录。。\n"
    mending.write("README.md", notes)
    mending.write("年报.txt", WRONG)
    outcome = mending.commit(".")
    assert outcome.status == 1
    assert "files were modified" not in outcome.out
    assert (mending.read("README.md"), mending.read("年报.txt")) == (notes, WRONG)


def test_what_is_not_staged_outlasts_the_mending(mending: Archive) -> None:
    mending.write("年报.txt", COMPLIANT)
    mending.git("add", "年报.txt")
    mending.git("commit", "--no-verify", "--quiet", "-m", "x")
    mending.write("年报.txt", SLIP)
    mending.git("add", "年报.txt")
    # Far from the slip both are kept; in its line what is not staged is, and the mending is given up.
    mending.write("年报.txt", SLIP.replace("满意率为九成六", "满意率为九成七"))
    assert mending.commit().status == 1
    assert mending.read("年报.txt") == COMPLIANT.replace("满意率为九成六", "满意率为九成七")
    mending.write("年报.txt", SLIP)
    mending.git("add", "年报.txt")
    beside = SLIP.replace(SLIPPED, f"另：{SLIPPED}")
    mending.write("年报.txt", beside)
    outcome = mending.commit()
    assert outcome.status == 1
    assert "Rolling back fixes" in outcome.out
    assert mending.read("年报.txt") == beside


@pytest.fixture
def whole(bare: Archive, shop: Path) -> Archive:
    """A repository in which all reports are checked at every commit."""
    bare.use(shop, {"id": "reportlint-set", "verbose": True})
    return bare


def test_all_reports_are_checked_once_even_if_one_changed(whole: Archive) -> None:
    names = [f"units/单位{number:02}.txt" for number in range(12)]
    for name in names:
        whole.write(name, COMPLIANT)
    outcome = whole.commit(".")
    assert outcome.status == 0, outcome.out
    whole.write(names[3], f"{COMPLIANT}\n")
    outcome = whole.commit(names[3])
    assert outcome.status == 0, outcome.out
    assert reports_checked(outcome.out) == [len(names)]


def test_all_reports_are_checked_when_one_is_deleted_and_when_none_is_touched(whole: Archive) -> None:
    whole.write("好.txt", COMPLIANT)
    whole.write("坏.txt", WRONG)
    whole.write("删.txt", COMPLIANT)
    whole.git("add", "--all")
    whole.git("commit", "--no-verify", "--quiet", "-m", "x")
    whole.git("rm", "--quiet", "删.txt")
    outcome = whole.commit()
    assert outcome.status == 1
    assert reports_checked(outcome.out) == [2]
    assert "  坏.txt:" in outcome.out
    whole.git("reset", "--hard", "--quiet")
    whole.write("reportlint.toml", 'extends = ["no-such"]\n')
    outcome = whole.commit("reportlint.toml")
    assert outcome.status == 1
    assert "no-such" in outcome.out


def test_an_archive_in_which_no_report_is_found_is_not_taken_for_a_clean_one(whole: Archive) -> None:
    whole.write("reportlint.toml", 'include = ["报告/*.txt"]\n')
    whole.write("年报/年报.txt", COMPLIANT)
    outcome = whole.commit(".")
    assert outcome.status == 1
    assert "没有找到报告" in outcome.out


def test_messages_of_commits_are_no_business_of_the_hooks(whole: Archive) -> None:
    whole.write("坏.txt", WRONG)
    assert whole.pre_commit("run", "--hook-stage", "pre-push").status == 1
    message = str(whole.folder / ".git" / "COMMIT_EDITMSG")
    outcome = whole.pre_commit("run", "--hook-stage", "commit-msg", "--commit-msg-filename", message)
    assert (outcome.status, outcome.out) == (0, "")


def test_the_example_in_the_documentation_is_one_that_pre_commit_takes(bare: Archive) -> None:
    page = (ROOT / "docs" / "hooks.md").read_text("utf-8")
    config = yaml.safe_load(page.partition("```yaml\n")[2].partition("```")[0])
    assert {hook["id"] for repo in config["repos"] for hook in repo["hooks"]} <= {hook["id"] for hook in MANIFEST}
    assert config["repos"][0]["rev"] == f"v{__version__}"
    bare.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    outcome = bare.pre_commit("validate-config")
    assert (outcome.status, outcome.out) == (0, "")
