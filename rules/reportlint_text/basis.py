"""The standards that the rules rest on, each worded once. None of them makes a slip an error."""

from __future__ import annotations

PUNCTUATION = "GB/T 15834—2011《标点符号用法》"
STOPS = f"{PUNCTUATION}：句末点号和句内点号"
BRACKETS = f"{PUNCTUATION}：引号、括号、书名号成对使用"
NUMBERING = "GB/T 9704—2012《党政机关公文格式》正文：结构层次序数依次为“一、”“（一）”“1.”“（1）”"
WORDING = "《党政机关公文处理工作条例》（中办发〔2012〕14号）第十九条：表述准确，文字精练"
SPACING = "通行排版：汉字之间不空格，数字与汉字之间的写法全文一致"
