"""The tool's own findings: what each name is for. They are of no pack, and cannot be selected or accepted."""

from __future__ import annotations

OWN = {
    "own-page": "这一页是 reportlint 自己写的检查结果，不是报告",
    "not-a-report": "这份文件不像政府信息公开工作年度报告，没有检查",
    "other-form": "报告的格式不在配置的 forms 里，没有检查",
    "unreadable": "读不到文件，或没有规则包能读取这种文件",
    "binary": "不是文本文件",
    "encoding": "文件的编码不对，应为 UTF-8 或 GB18030",
    "too-large": "文件太大，或超过了 [limits] 里的一个上限，没有检查",
    "missing-extra": "读取这种文件需要另外安装一个附加组件",
    "conversion": "这种文件要先转换才能读取，而没有转换程序，或者没有转换成",
    "damaged": "文件已损坏，或不是文件名所说的格式",
    "encrypted": "文件有密码，没有检查",
    "scanned": "文件的每一页都是图片，没有可以读的文字，没有检查",
    "rule-crash": "规则出错，没有判断",
    "broken-configuration": "配置有误，编辑器里的报告没有检查；错在哪里，写在配置文件上",
    "slow-rule": "规则用时太长，停了下来，没有判断",
    "not-written": "修改或批注没有写进文件，文件仍是原样",
    "void-acceptance": "一条接受的位置上，内容已经改变，问题再次提出",
    "expired-acceptance": "一条接受过了 until，问题再次提出",
    "unused-acceptance": "一条接受不再需要：规则在那里已经没有发现，或者没有报告用到它",
    "mandatory-acceptance": "一条接受不起作用：规则是必须遵守的",
    "missing-report": "一条接受所指的报告不存在",
    "unknown-rule": "一条接受所指的规则不存在",
}
