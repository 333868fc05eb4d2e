"""The clauses that the rules enforce, each worded once."""

from __future__ import annotations

ANNUAL = ("annual",)
"""The family of forms that the rules of structure are for: the unified form in its editions, and variants."""

EARLY = ("annual-early",)
"""The family of reports from before the unified form."""

FORM = "国办公开办函〔2021〕30号"
FORM_2019 = "国办公开办函〔2019〕60号"
FORMS = f"{FORM}（2019、2020年度为〔2019〕60号）"
"""The editions of the form, for what stands in both."""
REGULATIONS = "《中华人民共和国政府信息公开条例》"
CONTENTS = f"{REGULATIONS}第五十条；{FORM}：年度报告内容不能遗漏，也不宜泛化"
SECTIONS = f"{FORMS} 格式：六个部分及其标题"
OVERVIEW = (
    f"{FORM}（一）总体情况：主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障；{REGULATIONS}第五十条"
)
PROBLEMS = f"{REGULATIONS}第五十条第一款第四项：政府信息公开工作存在的主要问题及改进情况"
TABLES = f"{FORMS} 格式：第二、三、四部分以表格形式报告"
TITLE = f"{FORMS} 格式：年度报告标题"
ACCURACY = f"{FORM}（四）明确责任：发布内容应当准确、全面"
CORRECT = f"{REGULATIONS}第六条：行政机关应当及时、准确地公开政府信息"
FEES = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
ANNUAL_OF_ANY_YEAR = (*ANNUAL, "annual-early")
"""The annual reports of all years, those before the unified form too."""
YEAR = f"{REGULATIONS}第四十九条：上一年度政府信息公开工作年度报告；{FORM}（四）明确责任：发布内容应当准确"
PERIOD = f"{REGULATIONS}第四十九条：上一年度政府信息公开工作年度报告"
IDENTITY = f"{FORM}（四）明确责任：发布内容不准确、内容雷同的，由主管部门追究责任"
LAW_IN_FORCE = f"{REGULATIONS}（国务院令第711号，2019年5月15日起施行）；{FORM}"
TEMPLATE = f"{FORM}（四）明确责任：发布内容应当准确，不得内容雷同、敷衍塞责"
NUMBERING = (
    f"《党政机关公文格式》（GB/T 9704—2012）7.3.3：文中结构层次序数；{FORM}（四）明确责任：发布内容应当准确、全面"
)
RULES_POWER = "《中华人民共和国立法法》：规章由国务院部门和省、自治区、直辖市、设区的市、自治州的人民政府制定"
