"""On what the rules of this pack rest: practice, and for the title's parts the form."""

from __future__ import annotations

ANNUAL = ("annual",)
PRACTICE = "上海市已发布年度报告的通行写法（未见成文规定）"
LOCAL = "《上海市政府信息公开规定》"
LOCAL_SINCE = 2020
"""The first report year whose reports name the local regulation again."""
TITLE = "国办公开办函〔2021〕30号 格式：年度报告标题；上海市已发布年度报告的通行写法"
