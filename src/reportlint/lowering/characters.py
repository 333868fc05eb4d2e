"""Traditional characters of official prose and the simplified ones that stand for them."""

from __future__ import annotations

import re

_PAIRS = (
    "請请開开關关處处複复議议訴诉訟讼產产針针對对與与據据費费電电郵邮網网絡络傳传當当現现場场書书機机構构業业"
    "額额實实際际發发標标準准執执強强許许罰罚決决條条項项達达總总計计數数屆届個个無无沒没導导錄录辦办結结轉转續续"
    "應应給给證证規规範范資资訊讯檢检覆复繳缴納纳單单據据區区縣县鎮镇鄉乡局局廳厅務务擬拟間间員员協协會会舉举"
    "報报類类來来從从後后極极補补屬属秘秘國国庫库製制訂订頒颁佈布廢废僅仅餘余紙纸質质遞递寫写兩两萬万億亿"
    "將将為为於于時时進进過过還还這这種种維维糾纠審审團团體体組组織织層层級级號号見见認认識识預预審审"
)
_TRADITIONAL = {ord(_PAIRS[i]): _PAIRS[i + 1] for i in range(0, len(_PAIRS), 2)}
_TELLING = re.compile("[開請處無為於與關發會時來國個們對報數務實產電辦結轉費業應該]")
"""Some of these stand in any sentence in traditional characters; a short class is soon compiled."""


def simplified(text: str) -> str:
    """A text with the traditional characters that it has replaced, one by one."""
    return text.translate(_TRADITIONAL) if _TELLING.search(text) else text
