# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which houses «чётная сторона», «кроме чётных» and «нечёт.» are said of."""

from .list_words import EXCEPT, SIDES
from .ranges import Numbers, apply_parity, opposite, parity_of
from .streets import SPELLINGS
from .tagged import is_tag


class Sides:
    """The part of the reader that takes parities: of the numbers before or after, of
    the whole street before, or of the street after."""

    def _take_parity(self, i):
        parity = parity_of(self.tokens[i].text)
        end = i + 1
        while end < len(self.tokens) and self.tokens[end].text in SIDES:
            end += 1
        ahead = self._number_follows(end)
        if self.excluded and not ahead:
            parity = opposite(parity)  # «кроме чётной стороны»
        found = self.draft.numbers if self.draft and not self.draft.closed else None
        found = found if found is not None else self.loose
        if found and found[-1].is_whole and not ahead:
            self._narrow_whole(found, parity, i, end)
            return end
        said = self.pending
        if self._is_suffix(i, found) and not (self.excluded and ahead):
            found[:] = apply_parity(found, parity)
        else:
            self.pending = parity
        if end > i + 1:
            self._take_side(i, end, parity, both=said == opposite(parity))
        return end

    def _is_suffix(self, i, found):
        """Whether a parity is said of the numbers right before it."""
        before = self.tokens[i - 1] if i else None
        if before and before.kind == "(":
            before = self.tokens[i - 2] if i > 1 else None
        named = before is not None and before.kind in ("num", "word")
        return bool(found) and named and not self.pending

    def _narrow_whole(self, found, parity, i, end):
        """Leave of «вся улица Титова» the side said after it; both sides are all."""
        if self._street_follows(end):
            self.side = parity
            return
        whole = found[-1]
        both = whole.parity == opposite(parity)
        found[-1] = whole._replace(parity="" if both else parity)
        if self.draft and found is self.draft.numbers:
            self.draft.spans[-1] += self.tokens[i:end]

    def _street_follows(self, i):
        """Whether a side said before tokens[i] is that of a street named after it."""
        if i < len(self.tokens) and self.tokens[i].kind == ":":
            return True
        while i < len(self.tokens) and self.tokens[i].text in SPELLINGS:
            i += 1
        token = self.tokens[i] if i < len(self.tokens) else None
        if token is None or token.kind not in ("num", "word"):
            return False
        return token.kind == "num" or not (
            self._is_grammar(token) or is_tag(token) or token.text in EXCEPT
        )

    def _take_side(self, i, end, parity, both):
        """Take «чётная сторона» after a street without numbers for all its side."""
        draft = self.draft
        if draft and not draft.closed and not draft.numbers:
            if not self._number_follows(end):
                whole = Numbers(parity="" if both else parity)
                draft.add(whole, self.tokens[i:end])
                self.pending = ""
        elif not (draft and draft.numbers):
            self.side = parity
