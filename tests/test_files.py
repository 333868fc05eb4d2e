"""What is looked for in a folder, and what is passed over: by configuration, by git's files, by the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint import ConfigError, ReportlintError, cache
from reportlint.cli import main
from reportlint.files import Candidate, candidates
from reportlint.folders import DEFAULT_INCLUDE, Search
from reportlint.globs import globs

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
COMPLIANT = EXAMPLES / "qinghe-town-2024.txt"
GIT = shutil.which("git")
needs_git = pytest.mark.skipif(GIT is None, reason="git is not installed")


@pytest.fixture(autouse=True, scope="module")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache for these tests: patterns are made by the code as it is, and not by an earlier one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder to be filled, with no configuration above it."""
    folder = tmp_path / "tree"
    folder.mkdir()
    return folder


def make(folder: Path, *files: str, **texts: str) -> None:
    """Empty files, and files with a text: `reportlint.toml` as `config`, `.gitignore` as `ignore`."""
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    names = {"config": "reportlint.toml", "ignore": ".gitignore"}
    for name, text in texts.items():
        (folder / names[name]).write_text(text, encoding="utf-8")


def all_in(folder: Path, search: Search | None = None) -> list[Candidate]:
    return list(candidates([str(folder)], search))


def found(folder: Path, search: Search | None = None) -> list[str]:
    """What is checked, relative to the folder."""
    return [below(each, folder) for each in all_in(folder, search) if not each.passed_over]


def said(folder: Path, search: Search | None = None) -> dict[str, str]:
    """What is passed over and said to be."""
    return {below(each, folder): each.passed_over for each in all_in(folder, search) if each.passed_over}


def below(candidate: Candidate, folder: Path) -> str:
    return os.path.relpath(candidate.path, folder).replace(os.sep, "/")


# By default


def test_files_that_a_reader_reads_are_found_in_order(tree: Path) -> None:
    make(tree, "b.txt", "a.TXT", "c/z.md", "c/a/b.htm", "B/one.html", "d.markdown", "notes.csv", "README")
    assert found(tree) == ["a.TXT", "b.txt", "d.markdown", "B/one.html", "c/z.md", "c/a/b.htm"]
    assert said(tree) == {}


def test_what_is_hidden_or_built_is_passed_over_unsaid(tree: Path) -> None:
    make(
        tree, "a.txt", ".hidden.txt", "~$a.docx", "__init__.md", ".git/description.txt", ".venv/LICENSE.txt",
        "node_modules/x/README.md", "venv/a.txt", "site-packages/a.txt", "build/a.txt", "dist/a.txt", "__pycache__/a.txt",
        "sub/build/a.txt", "building/a.txt", "build.txt", "2024/dist.md",
    )  # fmt: skip
    assert found(tree) == ["a.txt", "build.txt", "2024/dist.md", "building/a.txt"]
    assert said(tree) == {}


def test_documents_of_every_format_are_found(tree: Path) -> None:
    make(tree, "a.txt", "a.pdf", "c.odt", "units/b.DOCX", "units/表.xls", ".c.doc")
    assert found(tree) == ["a.pdf", "a.txt", "c.odt", "units/b.DOCX", "units/表.xls"]
    assert said(tree) == {}


def test_what_a_program_leaves_beside_an_open_document_is_no_report(tree: Path) -> None:
    make(tree, "年报.docx", "~$年报.docx", ".~lock.年报.docx#", ".~年报.docx", "~WRL0001.tmp", "年报.docx.bak")
    assert found(tree) == ["年报.docx"]
    assert said(tree) == {}


def test_a_folder_that_is_named_is_gone_through_whatever_its_name(tree: Path) -> None:
    make(tree, "build/a.txt", ".hidden/b.txt")
    assert found(tree / "build") == ["a.txt"]
    assert found(tree / ".hidden") == ["b.txt"]


def test_a_path_that_is_not_there_is_an_error(tree: Path) -> None:
    with pytest.raises(ReportlintError, match="没有文件或文件夹"):
        all_in(tree / "none")
    (tree / "broken.txt").symlink_to(tree / "none.txt")
    with pytest.raises(ReportlintError, match="是失效的链接"):
        all_in(tree / "broken.txt")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that bind")
def test_a_folder_that_cannot_be_listed_is_an_error(tree: Path) -> None:
    make(tree, "closed/a.txt")
    (tree / "closed").chmod(0)
    try:
        with pytest.raises(ReportlintError, match="读不到文件夹"):
            all_in(tree)
    finally:
        (tree / "closed").chmod(0o700)


def test_a_file_carries_its_state(tree: Path) -> None:
    (tree / "a.txt").write_text("四字以上", encoding="utf-8")
    (candidate,) = all_in(tree)
    if os.name != "nt":
        assert candidate.status is not None
        assert candidate.status.st_size == 12
        assert candidate.status.st_mtime_ns == (tree / "a.txt").stat().st_mtime_ns
    (named,) = all_in(tree / "a.txt")
    assert (named.named, named.status) == (True, None)


@pytest.mark.skipif(os.name == "nt", reason="names there are no bytes")
def test_names_that_are_no_utf8_are_found(tree: Path) -> None:
    raw = os.fsencode(tree) + b"/\xb9\xab\xbf\xaa.txt"
    try:
        Path(os.fsdecode(raw)).write_text("", encoding="utf-8")
    except OSError:
        pytest.skip("the file system has no such names")
    make(tree, "甲.txt", config='exclude = ["乙*"]', ignore="丙*\n")
    assert {os.fsencode(each.path) for each in all_in(tree)} == {raw, os.fsencode(tree / "甲.txt")}


# Links


def test_links_that_lead_back_do_not_hang_and_are_said(tree: Path) -> None:
    make(tree, "units/a.txt")
    (tree / "units" / "back").symlink_to(tree)
    (tree / "self").symlink_to(tree / "self")
    assert found(tree) == ["units/a.txt"]
    assert said(tree) == {"units/back": "是指向文件夹的链接，没有跟随"}
    make(tree, config='exclude = ["back"]')
    assert said(tree) == {}


def test_a_file_met_by_a_link_and_by_itself_is_met_once(tree: Path) -> None:
    make(tree, "units/b.txt", "drafts/c.txt")
    (tree / "a.txt").symlink_to(tree / "units" / "b.txt")
    (tree / "d.txt").symlink_to(tree / "drafts" / "c.txt")
    (tree / "e.txt").symlink_to(tree / "drafts" / "c.txt")
    assert found(tree) == ["drafts/c.txt", "units/b.txt"]
    make(tree, config='exclude = ["drafts/"]')
    assert found(tree) == ["d.txt", "units/b.txt"], "a link is taken where its file is not met"


def test_a_link_to_a_file_elsewhere_is_taken(tree: Path) -> None:
    elsewhere = tree.parent / "elsewhere.txt"
    elsewhere.write_text("", encoding="utf-8")
    (tree / "a.txt").symlink_to(elsewhere)
    (tree / "b.txt").symlink_to(elsewhere)
    assert found(tree) == ["a.txt"]


def test_a_link_to_nothing_is_not_passed_over_unsaid(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / "a.txt").symlink_to(tree / "gone.txt")
    assert found(tree) == ["a.txt"]
    assert main(["check", str(tree)]) == 2
    assert f"{tree / 'a.txt'}" in capsys.readouterr().out


def test_paths_that_overlap_are_gone_through_once(tree: Path) -> None:
    make(tree, "units/a.txt", "b.txt")
    paths = [str(tree / "units" / "a.txt"), str(tree), str(tree / "units"), str(tree / "." / "b.txt")]
    met = list(candidates(paths))
    assert [(below(each, tree), each.named) for each in met] == [("units/a.txt", True), ("b.txt", False)]


# include and exclude


def test_include_says_what_is_looked_for(tree: Path) -> None:
    make(
        tree,
        "a.txt",
        "units/a.txt",
        "units/b.md",
        "units/2024/c.txt",
        "units/d.csv",
        config='include = ["units/*.txt"]',
    )
    assert found(tree) == ["units/a.txt"]


def test_a_folder_in_include_stands_for_the_reports_in_it(tree: Path) -> None:
    make(tree, "a.txt", "units/a.txt", "units/2024/c.md", "units/d.csv", "units/e.png", "units/drafts/f.txt")
    make(tree, config='include = ["units/", "!drafts/"]')
    assert found(tree) == ["units/a.txt", "units/2024/c.md"]
    assert found(tree / "units" / "2024") == ["c.md"], "also when one begins below it"
    assert found(tree / "units" / "drafts") == []


def test_another_suffix_is_looked_at_where_a_pattern_ends_with_it(tree: Path) -> None:
    make(tree, "a.report", "b.txt", "c.png", config='include = ["*"]')
    assert found(tree) == ["b.txt"]
    make(tree, config='include = ["*", "*.report"]')
    assert found(tree) == ["a.report", "b.txt"]


def test_a_document_is_looked_at_where_a_pattern_is_for_it(tree: Path) -> None:
    make(tree, "manual.pdf", "units/a.pdf", "units/b.txt", "units/c.docx", config='include = ["units/*.txt"]')
    assert found(tree) == ["units/b.txt"]
    make(tree, config='include = ["units/*.txt", "*.pdf"]\nexclude = ["manual.*"]')
    assert found(tree) == ["units/a.pdf", "units/b.txt"]
    make(tree, config='include = ["units/"]')
    assert found(tree) == ["units/a.pdf", "units/b.txt", "units/c.docx"]
    assert said(tree) == {}


def test_the_default_written_out_is_the_default(tree: Path) -> None:
    make(tree, "a.TXT", "b.txt", config=f"include = {list(DEFAULT_INCLUDE)}")
    assert found(tree) == ["a.TXT", "b.txt"]


def test_exclude_adds_to_what_is_passed_over_anyway(tree: Path) -> None:
    make(tree, "a.txt", "b.md", "drafts/c.txt", "units/drafts/d.txt", "units/old-1.txt", ".hidden/e.txt")
    make(tree, config='exclude = ["drafts/", "/b.md", "units/old-*"]')
    assert found(tree) == ["a.txt"]
    assert said(tree) == {}


def test_exclude_takes_back_what_is_passed_over_anyway(tree: Path) -> None:
    make(tree, ".git/a.txt", ".archive/b.txt", "build/c.txt", "private/d.txt", ignore="private/\n")
    assert found(tree) == []
    make(tree, config='exclude = ["!.archive/", "!build/", "!private/", "!.git/"]')
    assert found(tree) == [".archive/b.txt", "build/c.txt", "private/d.txt"], "git's own folder is never gone through"


def test_patterns_are_relative_to_the_file_they_stand_in(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tree, "units/a.txt", "units/sub/units/b.txt", config='exclude = ["/units/a.txt", "sub/units/"]')
    assert found(tree) == ["units/sub/units/b.txt"], "sub/units/ has a slash in it, so that it is below the file"
    monkeypatch.chdir(tree / "units")
    assert [each.path for each in candidates(["."])] == [os.path.join("sub", "units", "b.txt")]


def test_the_nearest_configuration_counts_alone(tree: Path) -> None:
    make(tree, "a.txt", "towns/a.txt", "towns/deep/a.txt", "towns/b.txt", config='exclude = ["a.txt"]')
    make(tree / "towns", config='exclude = ["b.txt"]')
    assert found(tree) == ["towns/a.txt", "towns/deep/a.txt"]
    assert found(tree / "towns" / "deep") == ["a.txt"]


def test_patterns_of_a_file_that_is_extended_are_relative_to_that(tree: Path) -> None:
    make(tree, "base/b.txt", "units/a.txt", "units/b.txt", "units/base/c.md", "c.md")
    (tree / "base" / "base.toml").write_text('exclude = ["/b.txt", "*.md"]\ninclude = ["*"]', encoding="utf-8")
    make(tree, config='extends = ["base/base.toml"]\nexclude = ["!c.md"]')
    assert found(tree) == ["c.md", "units/a.txt", "units/b.txt", "units/base/c.md"]


def test_a_configuration_that_is_given_counts_for_all(tree: Path) -> None:
    make(tree, "a.txt", "towns/b.txt", "towns/c.txt")
    make(tree / "towns", config='exclude = ["c.txt"]')
    given = tree / "given.toml"
    given.write_text('exclude = ["b.txt"]', encoding="utf-8")
    assert found(tree, Search(str(given))) == ["a.txt", "towns/c.txt"]


def test_exclude_of_the_command_line_is_relative_to_the_current_folder(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tree, "units/a.txt", "units/b.txt", "c.txt", config='exclude = ["!b.txt"]')
    monkeypatch.chdir(tree / "units")
    assert found(tree, Search(exclude=("/a.txt",))) == ["c.txt", "units/b.txt"]
    assert found(tree, Search(exclude=("[ab].txt", "c.*"))) == []


@pytest.mark.parametrize("pattern", ["a\\", "[", "[z-a]", "!"])
def test_a_pattern_that_means_nothing_is_an_error(tree: Path, pattern: str) -> None:
    make(tree, "a.txt", config=f"exclude = ['{pattern}']")
    with pytest.raises(ConfigError) as caught:
        all_in(tree)
    assert str(caught.value) == f"{tree / 'reportlint.toml'}：exclude：看不懂的模式 {pattern}"
    make(tree, config="", ignore=f"{pattern}\n")
    assert found(tree) == ["a.txt"], "git passes over such a line"


# .gitignore


def test_git_files_of_every_folder_count(tree: Path) -> None:
    make(tree, "a.txt", "b.txt", "units/a.txt", "units/b.txt", "units/c.md", "units/2024/a.txt", "out/x.txt")
    (tree / ".git" / "info").mkdir(parents=True)
    (tree / ".git" / "info" / "exclude").write_text("c.md\n", encoding="utf-8")
    make(tree, ignore="# notes\n*.txt\n!b.txt\r\nout/\n")
    make(tree / "units", ignore="!a.txt\nb.txt\n")
    expected = ["b.txt", "units/a.txt", "units/2024/a.txt"]
    assert found(tree) == expected
    assert found(tree / "units") == ["a.txt", "2024/a.txt"], "also those above the folder that is gone through"
    assert found(tree, Search(gitignore=False)) == [
        "a.txt", "b.txt", "out/x.txt", "units/a.txt", "units/b.txt", "units/c.md", "units/2024/a.txt",
    ]  # fmt: skip


def test_a_git_file_may_have_a_bom_and_crlf(tree: Path) -> None:
    make(tree, "a.txt", "b.txt")
    (tree / ".gitignore").write_bytes(b"\xef\xbb\xbfa.txt\r\n\r\n")
    assert found(tree) == ["b.txt"]


def test_outside_a_repository_git_files_count_from_the_folder_down(tree: Path) -> None:
    make(tree, "units/a.txt", "units/b.txt", ignore="a.txt\n")
    assert found(tree) == ["units/b.txt"]
    assert found(tree / "units") == ["a.txt", "b.txt"]


def test_nothing_outside_counts_in_a_repository_within(tree: Path) -> None:
    make(tree, "a.txt", "inner/a.txt", "inner/b.txt", ignore="a.txt\n", config='exclude = ["b.txt"]')
    assert found(tree) == []
    (tree / "inner" / ".git").mkdir()
    assert found(tree) == ["inner/a.txt", "inner/b.txt"]
    assert found(tree / "inner") == ["a.txt", "b.txt"]


@needs_git
def test_a_worktree_has_what_its_repository_excludes(tree: Path) -> None:
    home = tree / "home"
    git(tree, "init", "-q", "home")
    (home / ".git" / "info" / "exclude").write_text("secret.txt\n", encoding="utf-8")
    make(home, "kept.txt")
    git(home, "add", ".")
    git(home, "-c", "user.name=甲", "-c", "user.email=a@example.invalid", "commit", "-qm", "one")
    git(home, "worktree", "add", "-q", str(tree / "other"))
    make(tree / "other", "secret.txt")
    assert found(tree / "other") == ["kept.txt"]


def git(folder: Path, *arguments: str) -> str:
    assert GIT is not None
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    ran = subprocess.run([GIT, *arguments], cwd=folder, env=environment, capture_output=True, check=True)
    return os.fsdecode(ran.stdout)


NAMES = st.sampled_from(["a", "b", "ab", "a.txt", "b.txt", "a b.txt", "县", "a[b].txt", "x-1.txt", "!a.txt", "#a.txt"])
PIECES = st.sampled_from(
    ["a", "b", "*", "**", "?", "a*", "*.txt", "[ab]", "[!a]*", "[^b].txt", "县", "a\\[b\\].txt", "\\!a.txt", "\\#a.txt", "x-[0-9].txt"]
)  # fmt: skip
PATTERNS = st.builds(
    lambda sign, start, pieces, end: sign + start + "/".join(pieces) + end,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(PIECES, min_size=1, max_size=3),
    st.sampled_from(["", "", "/", " ", "/**"]),
)
FOLDERS = st.lists(st.sampled_from(["a", "b", "ab", "县"]), max_size=2).map("/".join)
FILES = st.lists(st.tuples(FOLDERS, NAMES), min_size=1, max_size=8)
IGNORES = st.dictionaries(FOLDERS, st.lists(PATTERNS, max_size=5), max_size=3)


@needs_git
@pytest.mark.parametrize(
    "patterns",
    [
        "a/**/",
        "a/**\n!a/b/\n!a/b/**",
        "*\n!*/\n!*.txt",
        "/*\n!/a/\n/a/*\n!/a/b/",
        "**/b/**",
        "*/**",
        "a/\n!a/b/a.txt",
        "**/a.txt\n!/a/**/a.txt",
        "*\n!a",
        "a\\\nb",
        "?/\n[甲县]/",
        "???/a.txt\n县/*乙?.txt",
        "栅/",
        "栅",
        " a.txt\nb.txt  \n#a\n\\!a.txt",
    ],
)
def test_turns_that_people_use_are_read_as_git_reads_them(tree: Path, patterns: str) -> None:
    make(tree, "a.txt", "b.txt", "a/a.txt", "a/b/a.txt", "a/b/c/b.txt", "b/a.txt", "b/a/b.txt", "c/!a.txt", "c/ a.txt")
    make(tree, "县/a.txt", "县/甲乙.txt", "县/甲乙丙.txt", "市/a.txt", "栅/a.txt")
    git(tree, "init", "-q")
    make(tree, ignore=f"{patterns}\n")
    assert set(found(tree)) == listed(tree)


def listed(root: Path) -> set[str]:
    """The reports that git does not ignore."""
    names = git(root, "ls-files", "-z", "--others", "--exclude-standard").split("\0")
    return {name for name in names if name.endswith(".txt")}


@needs_git
@settings(max_examples=150, deadline=None)
@given(FILES, IGNORES)
def test_what_git_ignores_is_what_is_passed_over(
    tmp_path_factory: pytest.TempPathFactory, files: list[tuple[str, str]], ignores: dict[str, list[str]]
) -> None:
    root = tmp_path_factory.mktemp("git")
    git(root, "init", "-q")
    for folder, name in files:
        path = root / folder / name
        if not path.is_dir() and not any(parent.is_file() for parent in path.parents):
            make(root, path.relative_to(root).as_posix())
    for folder, patterns in ignores.items():
        if (root / folder).is_dir():
            make(root / folder, ignore="".join(f"{pattern}\n" for pattern in patterns))
    assert set(found(root)) == listed(root)


def test_a_name_may_have_a_line_end_in_it() -> None:
    assert globs(["*.txt", "/a/**/b"]).verdict("", "a\nb.txt", False) is True
    assert globs(["/a/**/b"]).verdict("a/x\ny/", "b", False) is True


def test_patterns_are_kept_by_their_text(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTLINT_CACHE_DIR", str(tree / "cache"))
    patterns = ["*.bak", "!a.bak", f"/{tree.name}"]
    runs = [(True, r"(?:[^/]*\.bak/?)", ""), (False, r"(?:a\.bak/?)", ""), (True, "", f"(?:^{tree.name}/?)")]
    assert globs(patterns).verdict("", "b.bak", False) is True
    assert cache.load(("globs 1", "", *patterns)) == runs


# Paths that are named


def test_a_path_that_is_named_is_checked_whatever_is_excluded(tree: Path) -> None:
    make(tree, "a.txt", "drafts/b.txt", ignore="drafts/\n", config='exclude = ["a.txt"]\ninclude = ["units/"]')
    for name in ("a.txt", "drafts/b.txt"):
        assert all_in(tree / name) == [Candidate(str(tree / name), True)]


@pytest.mark.parametrize(
    ("name", "settings", "ignore"),
    [
        ("a.txt", 'exclude = ["a.txt"]', ""),
        ("a.txt", 'include = ["units/"]', ""),
        ("a.txt", "", "a.txt"),
        ("drafts/b.txt", 'exclude = ["drafts/"]', ""),
        ("drafts/b.txt", "", "drafts/"),
        ("drafts/deep/c.txt", 'exclude = ["drafts/"]', ""),
        ("drafts/deep", 'exclude = ["drafts/"]', ""),
        ("drafts", 'exclude = ["drafts/"]', ""),
        (".venv/d.txt", "", ""),
        ("notes.csv", "", ""),
    ],
)
def test_under_force_exclude_it_is_passed_over_and_said(tree: Path, name: str, settings: str, ignore: str) -> None:
    make(tree, "a.txt", "drafts/b.txt", "drafts/deep/c.txt", ".venv/d.txt", "notes.csv", config=settings, ignore=ignore)
    (tree / ".git").mkdir()
    (candidate,) = all_in(tree / name, Search(force_exclude=True))
    assert candidate.passed_over == "按配置、.gitignore 或 --exclude 排除"


def test_under_force_exclude_a_configuration_may_stand_elsewhere(tmp_path: Path) -> None:
    elsewhere, reports = tmp_path / "settings", tmp_path / "reports"
    for folder in (elsewhere, reports):
        folder.mkdir()
    settings = elsewhere / "own.toml"
    settings.write_text("", "utf-8")
    report = reports / "a.txt"
    report.write_text("", "utf-8")
    (candidate,) = all_in(report, Search(config=str(settings), force_exclude=True))
    assert (candidate.path, candidate.passed_over) == (str(report), "")


def test_under_force_exclude_other_paths_are_as_found(tree: Path) -> None:
    make(tree, "a.txt", "units/b.txt", "units/c.pdf", config='exclude = ["a.txt"]')
    search = Search(force_exclude=True)
    assert all_in(tree / "units" / "b.txt", search) == [Candidate(str(tree / "units" / "b.txt"), False)]
    assert all_in(tree / "units" / "c.pdf", search) == [Candidate(str(tree / "units" / "c.pdf"), False)]
    assert found(tree / "units", search) == ["b.txt", "c.pdf"]
    assert found(tree, search) == ["units/b.txt", "units/c.pdf"]


# The command line


def test_the_command_line_says_what_it_passes_over(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def status_and_words(*arguments: str) -> tuple[int, str]:
        status = main(["check", *arguments])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    shutil.copy(COMPLIANT, tree / "a.txt")
    shutil.copy(COMPLIANT, tree / "b.txt")
    make(tree, "notes.md", ignore="b.txt\n")
    a, b, notes = (str(tree / name) for name in ("a.txt", "b.txt", "notes.md"))
    assert "检查了 1 份报告" in status_and_words(str(tree))[1]
    assert "检查了 2 份报告" in status_and_words("--no-respect-gitignore", str(tree))[1]
    assert "检查了 2 份报告" in status_and_words(a, b)[1]
    status, words = status_and_words("--force-exclude", a, b, notes)
    assert (status, "检查了 1 份报告" in words) == (0, True)
    assert f"{b}：按配置、.gitignore 或 --exclude 排除" in words
    assert f"{notes}：不像年度报告" in words
    assert status_and_words("--force-exclude", b, notes)[0] == 0, "a commit need not have a report in it"
    assert status_and_words("--exclude", "*.txt", str(tree))[0] == 2
    assert status_and_words(notes)[0] == 2
