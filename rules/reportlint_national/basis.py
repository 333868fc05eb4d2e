"""The clauses that the rules enforce, each worded once."""

from __future__ import annotations

ANNUAL = ("annual",)
"""The family of forms that the rules of structure are for: the unified form in its editions, and variants."""

FORM = "国办公开办函〔2021〕30号"
REGULATIONS = "《中华人民共和国政府信息公开条例》"
CONTENTS = f"{REGULATIONS}第五十条；{FORM}：年度报告内容不能遗漏，也不宜泛化"
SECTIONS = f"{FORM} 格式：六个部分及其标题"
OVERVIEW = (
    f"{FORM}（一）总体情况：主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障；{REGULATIONS}第五十条"
)
PROBLEMS = f"{REGULATIONS}第五十条第一款第四项：政府信息公开工作存在的主要问题及改进情况"
TABLES = f"{FORM} 格式：第二、三、四部分以表格形式报告"
TITLE = f"{FORM} 格式：年度报告标题"
ACCURACY = f"{FORM}（四）明确责任：发布内容应当准确、全面"
FEES = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
NUMBERING = (
    f"《党政机关公文格式》（GB/T 9704—2012）7.3.3：文中结构层次序数；{FORM}（四）明确责任：发布内容应当准确、全面"
)
RULES_POWER = "《中华人民共和国立法法》：规章由国务院部门和省、自治区、直辖市、设区的市、自治州的人民政府制定"
