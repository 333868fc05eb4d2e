"""Masking: what may not be shown whole, wherever it stands in what is written.

A stretch is known by its letters and digits alone, full-width ones as narrow ones: a number is the same in groups, and
a name the same over a line's end. Of a stretch of eleven characters or more the first three and the last two are
shown, of a shorter one fewer, of two or less none; every other character becomes a star, so that columns stay right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import compress

from reportlint.source import Location, Span

STAR = "*"
_MOST_HEAD, _MOST_TAIL = 3, 2
_SHARED = 6
"""So many characters in common with what is concealed are a part of it: of a message that cuts it, of a sum of it."""
_DIGITS = re.compile(r"\d{6,}")


class Mask:
    """Hides stretches of a text, and all that has six of their characters in a row, in any other text.

    A run of digits that has a part of a concealed number is hidden like it: the sum of a concealed figure and small
    ones tells as much as the figure.
    """

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        self._text = text
        self._spans = tuple(spans)
        # By length, stretches of characters that are a part of a concealed one, and which of them to hide.
        self._parts: dict[int, dict[str, int]] = {}
        for span in self._spans:
            self._add(_bare(text[span.start : span.end])[0])

    def __call__(self, text: str) -> str:
        """A text, with stars in what is concealed; as long as it was."""
        return _starred(text, self._hidden(text)) if self._parts else text

    def location(self, location: Location) -> Location:
        """A place in a document, with stars in what it quotes."""
        if not self._parts:
            return location
        parts = tuple((name, self(part) if isinstance(part, str) else part) for name, part in location.parts)
        return Location(self(location.words), self(location.path), parts)

    def hides(self, text: str) -> bool:
        """Whether a text has any part of what is concealed."""
        return bool(self._parts) and bool(self._hidden(text))

    @cached_property
    def whole(self) -> str:
        """The text that the stretches are of, masked: its offsets are those of the text itself."""
        if not self._spans:
            return self._text
        hidden = self._hidden(self._text)
        for start, end in self._spans:
            if not _bare(self._text[start:end])[0]:
                hidden.update(range(start, end))
        return _starred(self._text, hidden)

    def _add(self, bare: str) -> None:
        size = min(_SHARED, len(bare))
        if not size:
            return
        head, tail = min(_MOST_HEAD, len(bare) // 3), min(_MOST_TAIL, len(bare) // 5)
        parts = self._parts.setdefault(size, {})
        for start in range(len(bare) - size + 1):
            part = bare[start : start + size]
            first, end = max(head - start, 0), min(len(bare) - tail - start, size)
            parts[part] = parts.get(part, 0) | ((1 << end) - (1 << first))

    def _hidden(self, text: str) -> set[int]:
        """The offsets of the characters to hide."""
        bare, places = _bare(text)
        hidden: set[int] = set()
        for size, parts in self._parts.items():
            for start in range(len(bare) - size + 1):
                bits = parts.get(bare[start : start + size])
                if bits:
                    hidden.update(compress(places[start : start + size], _bits(bits, size)))
        if hidden:
            for run in _DIGITS.finditer(text):
                if not hidden.isdisjoint(range(*run.span())):
                    hidden.update(range(run.start() + _MOST_HEAD, run.end() - _MOST_TAIL))
        return hidden


def _starred(text: str, hidden: set[int]) -> str:
    if not hidden:
        return text
    characters = list(text)
    for place in hidden:
        characters[place] = STAR
    return "".join(characters)


def _bare(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text, folded, and where each of them stands."""
    places = [place for place, character in enumerate(text) if character.isalnum()]
    kept = text if len(places) == len(text) else "".join([text[place] for place in places])
    return kept if kept.isascii() and kept.isdigit() else "".join(map(_fold, kept)), places


@lru_cache(maxsize=8_192)
def _fold(character: str) -> str:
    """A character as one of its width and case; one that would become several stays as it is."""
    folded = unicodedata.normalize("NFKC", character).upper()
    return folded if len(folded) == 1 else character


@lru_cache(maxsize=128)
def _bits(bits: int, size: int) -> tuple[bool, ...]:
    return tuple(bool(bits >> place & 1) for place in range(size))
