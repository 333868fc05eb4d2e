"""Search in English and Chinese, offline and without a dictionary: Chinese text is found by pairs of characters."""

from __future__ import annotations

import re
from itertools import pairwise

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

_WORDS = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")


class SearchBoth(SearchEnglish):
    """What `split` does to a page, the script below does to a query."""

    lang = "zh-en"
    js_splitter_code = """
function splitQuery(query) {
  const words = [];
  for (const word of query.match(/[\\u3400-\\u9fff]+|[\\p{L}\\p{N}_]+/gu) || []) {
    if (!/^[\\u3400-\\u9fff]{3,}$/.test(word)) words.push(word);
    else for (let i = 0; i + 1 < word.length; i++) words.push(word.slice(i, i + 2));
  }
  return words;
}
"""

    def split(self, input: str) -> list[str]:
        words: list[str] = []
        for word in _WORDS.findall(input):
            if "\u3400" <= word[0] <= "\u9fff":
                words += [*word, *(first + second for first, second in pairwise(word))]
            else:
                words.append(word)
        return words


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_search_language(SearchBoth)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
