"""Whose report it is: self-reference, and the organisation's name."""

from __future__ import annotations

import pytest

from reportlint import Severity
from reportlint.testing import Draft, Said
from reportlint_national.names import Kind, may_be_the_same, organisation

TITLE = "云溪县青禾镇人民政府2024年政府信息公开工作年度报告"
PLATFORM = "把镇里的两个公众号并为一个"
SELF, NAME = "national/self-reference", "national/organisation-name"


def of(draft: Draft, name: str) -> Draft:
    """The report of an organisation, that never speaks of itself."""
    return draft.replace("云溪县青禾镇人民政府2024年", f"{name}2024年")


# self-reference


def test_a_townships_own_word_is_in_its_title(compliant: Draft) -> None:
    draft = of(compliant, "云溪县青禾乡人民政府").replace(PLATFORM, "我镇把两个公众号并为一个")
    message = "自称“我镇”，标题的单位为“云溪县青禾乡人民政府”"
    assert draft.lint() == [Said(SELF, draft.at("我镇"), message)]
    assert draft.result.diagnostics[0].severity is Severity.WARNING


def test_all_places_of_one_word_are_one_finding_with_a_fix(compliant: Draft) -> None:
    draft = of(compliant, "青禾街道办事处").replace(PLATFORM, "本 镇把两个公众号并为一个，我镇还印了册子")
    (diagnostic,) = [diagnostic for diagnostic in draft.result.diagnostics if diagnostic.rule == SELF]
    assert diagnostic.message == "自称“本镇”（共 2 处），标题的单位为“青禾街道办事处”"
    assert [note.message for note in diagnostic.notes] == ["再次自称“我镇”"]
    assert diagnostic.fix is not None
    assert not diagnostic.fix.safe
    assert [(draft.under(edit.span), edit.text) for edit in diagnostic.fix.edits] == [("镇", "街道"), ("镇", "街道")]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("云溪县青禾乡人民政府", "我镇"),
        ("青禾街道办事处", "我乡"),
        ("苏林苏木人民政府", "我镇"),
        ("云溪县青禾镇人民政府", "我局"),
        ("云溪县青禾镇人民政府", "我街道"),
        ("柳渡区人民政府", "我县"),
        ("柳渡区青禾街道办事处", "我县"),
        ("北原旗人民政府", "我县"),
        ("云溪县水务局", "我镇"),
        ("云溪县水务局", "我委"),
        ("云溪县卫生健康委员会", "我局"),
        ("云溪县人民政府", "我局"),
        ("云溪县人民政府办公室", "我镇"),
        ("云溪市人民政府", "我县"),
        ("云溪自治县人民政府", "我旗"),
    ],
)
def test_a_word_of_another_organisation(compliant: Draft, name: str, word: str) -> None:
    draft = of(compliant, name).replace(PLATFORM, f"{word}把两个公众号并为一个")
    assert [(said.message, draft.under(said.span)) for said in draft.lint(SELF)] == [
        (f"自称“{word}”，标题的单位为“{name}”", word)
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("云溪县青禾镇人民政府", "我镇、本镇、我县、我市、我省、我区、我办、本机关、我单位、我国"),
        ("云溪县青禾乡人民政府", "我乡、我县、我市、我们、本乡镇干部、乡镇、城乡、本乡本土"),
        ("青禾街道办事处", "我街道、我办、我街办、我区、我市、我处、我街、我单位、本街道"),
        ("柳渡区青禾街道办事处", "我街、我办、我处、我区、自我局限"),
        ("苏林苏木人民政府", "我苏木、我旗、我区、我盟"),
        ("云溪县水务局", "我局、本局、我县、我区、我市、我单位、我中心、我办、我委托专家"),
        ("云溪县城乡建设局", "我局、我县、我乡"),
        ("云溪县卫生健康委员会", "我委、本委、我单位、我县、我机关"),
        ("柳渡区水务局", "我局、我区、我市、资本局面、基本乡情、样本镇、根本局"),
        ("云溪县人民政府办公室", "我办、我县、我区、我局"),
        ("云溪县人民政府", "我县、我市、我省、我区、我州、本县"),
        ("云溪县经济开发区管理委员会", "我镇、我局、我委、我区、我县"),
        ("云溪县城关镇街道办事处", "我镇、我街道"),
        ("青禾镇中心卫生院", "我院、我镇"),
        ("云溪大学", "我校、我镇"),
        ("柳渡市城关镇人民政府", "我市、我镇、我县"),
    ],
)
def test_words_that_are_its_own_or_its_superiors(compliant: Draft, name: str, words: str) -> None:
    draft = of(compliant, name).replace(PLATFORM, f"这里写着{words}")
    assert draft.lint(SELF) == []


def test_words_in_quotation_marks_are_anothers(compliant: Draft) -> None:
    assert compliant.replace(PLATFORM, "群众来信说“我局的牌子旧了”").lint(SELF) == []


def test_without_an_organisation_nothing_is_asked(compliant: Draft) -> None:
    draft = of(compliant, "").replace(PLATFORM, "我局把两个公众号并为一个")
    reasons = {unassessed.rule: unassessed.reason for unassessed in draft.result.not_assessable}
    assert reasons[SELF] == reasons[NAME] == "标题没有单位名称"


# organisation-name

PREFACE = "本报告依据《中华人民共和国政府信息公开条例》第五十条编制，数据统计期限为"


@pytest.mark.parametrize(
    ("sentence", "message", "under"),
    [
        (
            "根据有关规定，编制望山县柳渡镇2024年政府信息公开工作年度报告。",
            "编制公布的是别的单位的年度报告：“望山县柳渡镇”",
            "望山县柳渡镇",
        ),
        ("编制《云溪县2024年政府信息公开工作年度报告》。", "编制公布的是别的单位的年度报告：“云溪县”", "云溪县"),
        (
            "现向社会公布2024年度云溪县水务局政府信息公开工作年度报告。",
            "编制公布的是别的单位的年度报告：“云溪县水务局”",
            "云溪县水务局",
        ),
        ("本报告由云溪县柳渡镇人民政府编制。", "编制单位写作“云溪县柳渡镇人民政府”", "云溪县柳渡镇人民政府"),
        ("根据《条例》，云溪县柳渡乡人民政府（以下简称“本乡”）编制本报告。", "自称“云溪县柳渡乡人民政府”", None),
        ("如有疑问，请与柳渡镇党政办公室联系。", "联系单位写作“柳渡镇”", "柳渡镇"),
    ],
)
def test_another_name_in_the_preface(compliant: Draft, sentence: str, message: str, under: str | None) -> None:
    draft = compliant.replace(PREFACE, sentence + PREFACE)
    assert [(said.message, draft.under(said.span)) for said in draft.lint(NAME)] == [
        (f"{message}，标题的单位为“云溪县青禾镇人民政府”", under or message.partition("“")[2].rstrip("”"))
    ]


def test_another_township_as_the_subject(compliant: Draft) -> None:
    draft = compliant.replace("全年通过县政府门户网站", "2024年，柳渡镇认真公开。全年通过县政府门户网站")
    assert draft.lint() == [Said(NAME, draft.at("柳渡镇"), "叙述的主语为“柳渡镇”，标题的单位为“云溪县青禾镇人民政府”")]


@pytest.mark.parametrize(
    "sentence",
    [
        "根据有关规定，编制云溪县青禾镇2024年政府信息公开工作年度报告。",
        "编制《青禾镇人民政府2024年度政府信息公开工作年度报告》。",
        "编制清河市云溪县青禾镇2024年政府信息公开工作年度报告。",
        "现公布本镇2024年政府信息公开工作年度报告。",
        "编制全县2024年政府信息公开工作年度报告时一并汇总。",
        "按照《云溪县人民政府办公室关于编制云溪县2024年政府信息公开工作年度报告的通知》编制。",
        "根据县政府关于做好公布云溪县2024年政府信息公开工作年度报告的要求编写。",
        "本报告由青禾镇党政综合办公室编制。",
        "本报告由云溪县人民政府办公室指导编制。",
        "本报告由青禾镇人民政府根据有关数据编制。",
        "云溪县青禾镇人民政府（以下简称“本镇”）编制本报告。",
        "可在清河市人民政府门户网站查阅。",
        "如有疑问，请与青禾镇党政办公室联系（地址：云溪县柳渡镇东街2号）。",
        "如有疑问，请与云溪县青禾镇人民政府联系。",
        "本报告由总体情况、主动公开政府信息情况等六个部分组成。",
    ],
)
def test_names_in_the_preface_that_are_right(compliant: Draft, sentence: str) -> None:
    assert compliant.replace(PREFACE, sentence + PREFACE).lint(NAME) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "青禾镇认真公开。",
        "2024年，青禾镇人民政府严格审核。",
        "各乡镇认真落实。",
        "全镇认真落实。",
        "一是乡镇认真落实。",
        "与柳渡镇共办一场宣讲。",
        "干部下乡以入户为主。",
        "一是古镇以旅游为主。",
        "县里和镇街全面推开。",
        "云溪县青禾镇坚持公开。",
    ],
)
def test_subjects_that_are_no_other_township(compliant: Draft, sentence: str) -> None:
    assert compliant.replace("全年通过县政府门户网站", sentence + "全年通过县政府门户网站").lint(NAME) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("云溪县青禾镇人民政府", "青禾镇", True),
        ("云溪县青禾镇", "清河市云溪县青禾镇人民政府办公室", True),
        ("云溪县青禾镇", "云溪青禾镇", True),
        ("青禾街道办事处", "柳渡区青禾街道", True),
        ("青禾镇", "青禾乡", False),
        ("云溪县青禾镇", "云溪县柳渡镇", False),
        ("新市镇", "云溪县新市镇", True),
        ("柳渡区人力资源和社会保障局", "清河市柳渡区人社局", True),
        ("云溪县市场监督管理局", "市场监管局", True),
        ("云溪县教育局", "云溪县教育和体育局", True),
        ("云溪县教育局", "云溪县教体局", True),
        ("云溪县教育局", "云溪县民政局", False),
        ("云溪县教育局", "望山县教育局", False),
        ("云溪县水务局", "云溪县水利局", True),
        ("云溪县发展和改革委员会", "县发改委", True),
        ("云溪县人民政府", "云溪县", True),
        ("云溪县人民政府", "望山县", False),
        ("云溪县人民政府办公室", "县政府办公室", True),
        ("云溪县人民政府办公室", "望山县人民政府办公室", False),
    ],
)
def test_names_of_the_same(one: str, other: str, same: bool) -> None:
    assert may_be_the_same(organisation(one), organisation(other)) is same
    assert may_be_the_same(organisation(other), organisation(one)) is same


@pytest.mark.parametrize(
    ("name", "kind", "word"),
    [
        ("云溪县青禾镇人民政府", Kind.TOWN, "镇"),
        ("青禾回族乡", Kind.TOWN, "乡"),
        ("柳渡区青禾街道办事处", Kind.TOWN, "街道"),
        ("青禾镇党政综合办公室", Kind.TOWN, "镇"),
        ("云溪自治县", Kind.AREA, "县"),
        ("北原自治区人民政府", Kind.AREA, "区"),
        ("云溪县高新技术开发区", Kind.OTHER, ""),
        ("云溪县开发区管理委员会", Kind.OTHER, ""),
        ("云溪县水务局（河长办）", Kind.OFFICE, "局"),
        ("云溪县卫生健康委员会", Kind.OFFICE, "委"),
        ("云溪县人民政府办公室", Kind.OFFICE, "办"),
        ("", Kind.OTHER, ""),
    ],
)
def test_what_a_name_says(name: str, kind: Kind, word: str) -> None:
    assert organisation(name)[1:] == (kind, word)
