"""The clauses that the rules enforce."""

from __future__ import annotations

PRIVACY = (
    "《中华人民共和国政府信息公开条例》第十五条：涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息，"
    "行政机关不得公开"
)
PERSONAL = "《中华人民共和国个人信息保护法》第二十五条：个人信息处理者不得公开其处理的个人信息"
ACCOUNTS = "《中华人民共和国个人信息保护法》第二十八条：敏感个人信息包括金融账户等信息"
