"""The script that an office might write for itself: whether the totals of its reports add up.

    python benchmarks/totals_script.py FOLDER

It reads table three and table four of each .txt file by their lines of figures, between tabs, pipes
or spaces, and knows nothing else: no damaged labels, no blank cells, no cell a line, no prose.
"""

import re
import sys
from os import listdir, path

COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
BLOCKS = ["行政复议", "未经复议直接起诉", "复议后起诉"]
TABLE_THREE = "\n三、收到和处理政府信息公开申请情况"
TABLE_FOUR = "\n四、政府信息公开行政复议、行政诉讼情况"
AFTER_TABLES = "\n五、存在的主要问题及改进情况"
SEVEN = re.compile(r"[\t |]" + r"[\t |]+".join([r"(\d+)"] * 7) + r"[\t |]*$", re.MULTILINE)
FIFTEEN = re.compile(r"^[\t |]*" + r"[\t |]+".join([r"(\d+)"] * 15) + r"[\t |]*$", re.MULTILINE)


def mismatches(text: str) -> list[str]:
    """The relations that do not hold in a report."""
    found = []
    three, four = text.find(TABLE_THREE), text.find(TABLE_FOUR)
    end = text.find(AFTER_TABLES)
    rows = [list(map(int, row)) for row in SEVEN.findall(text, three, four)] if three >= 0 else []
    if len(rows) == 25:
        received, brought, *results, processed, carried = rows
        sums = map(sum, zip(*results, strict=True))
        columns = zip(COLUMNS, received, brought, processed, carried, sums, strict=True)
        for name, new, old, done, left, total in columns:
            if new + old != done + left:
                found.append(f"表三 {name}：{new} + {old} ≠ {done} + {left}")
            if total != done:
                found.append(f"表三 {name}：各项办理结果之和 {total} ≠ 总计 {done}")
        for number, row in enumerate(rows, 1):
            if sum(row[:6]) != row[6]:
                found.append(f"表三 第{number}行：各类申请人之和 {sum(row[:6])} ≠ 总计 {row[6]}")
    line = FIFTEEN.search(text, four, end) if four >= 0 else None
    if line:
        cases = list(map(int, line.groups()))
        for name, first in zip(BLOCKS, (0, 5, 10), strict=True):
            if sum(cases[first : first + 4]) != cases[first + 4]:
                found.append(f"表四 {name}：{cases[first : first + 4]} 之和 ≠ 总计 {cases[first + 4]}")
    return found


def main(folder: str) -> int:
    bad = 0
    for name in sorted(listdir(folder)):
        if name.endswith(".txt"):
            with open(path.join(folder, name), encoding="utf-8") as file:
                text = file.read()
            for mismatch in mismatches(text):
                print(f"{name}: {mismatch}")
                bad = 1
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
