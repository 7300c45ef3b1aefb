# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Lists of houses: «ул. Попова, 50–98 чёт., 1–15 нечёт.; пр. Ленина 3, 5, 7а».

The same reader takes whole announcements, prose and all: what is no list of houses
is handed back as unread and never becomes a house.
"""

from .houses import HOUSE_WORDS, is_bare_addition
from .list_items import Draft, ListItem, make_item
from .list_sides import Sides
from .list_words import (
    EXCEPT,
    JOINS,
    KNOWN_PAIRS,
    SHORT_LOCALITY,
    WHOLE,
    dash_in_name,
    ordinal_end,
    plan_end,
    without_lead,
)
from .locality import LOCALITY_WORDS
from .parts import COUNTED
from .places import slice_of
from .prose import blank_noise
from .ranges import (
    FROM,
    NUMBERED,
    Numbers,
    mark_ranges,
    parity_of,
    read_numbers,
)
from .streets import ORDINAL_ENDINGS, PLURALS, SPELLINGS, read_street
from .tagged import is_tag
from .tokens import canon, tokenize, words_of

MAX_NAME = 4


def parse_list(text):
    """Items of a list of houses, in the order of the text; never raises.

    :return: list of :class:`ListItem`; prose without houses gives items with the
        problem "unread", so that nothing is lost silently
    """
    source = canon(text)
    reader = _Reader(source)
    reader.run()
    return reader.items


class _Reader(Sides):
    """Walks the tokens once; every step is one small decision."""

    def __init__(self, source):
        self.source = source
        blanked = blank_noise(source)
        self.tokens = mark_ranges(tokenize(blanked, flat=False))
        self.cased = any(char.isupper() for char in source)
        self.items = []
        self.last_tokens = []
        self.draft = None
        self.loose, self.loose_tokens = [], []
        self.kind = ""  # of «улицы:» above
        self.locality = ""
        self.inline = False  # «пос. Южный, ул. …» ends with its line
        self.pending = ""  # parity said before the numbers
        self.side = ""  # parity of «нечётная сторона улицы …»
        self.excluded = False
        self.group = 0  # where the numbers after the last «дома» begin
        self.grouped = False

    def run(self):
        i = 0
        while i < len(self.tokens):
            i = self._step(i)
        self._flush()

    def _step(self, i):
        token = self.tokens[i]
        if token.kind == "num" and not self._begins_name(i):
            return self._take_number(i)
        if token.kind == "word":
            return self._take_word(i)
        if token.kind == "num":
            return self._take_name(i)
        if token.kind in (";", "\n"):
            self.excluded = False
            self.pending = ""
            if self.inline:
                self._flush()
                self.locality, self.inline = "", False
        return i + 1

    # Numbers -----------------------------------------------------------------------

    def _take_number(self, i):
        numbers, end = read_numbers(self.tokens, i)
        if numbers is None:
            return i + 1
        if self._counts_things(i, end):
            return end
        if self.pending and numbers.is_range:
            numbers = numbers._replace(parity=self.pending)
        numbers = numbers._replace(excluded=self.excluded)
        if self.draft and not self.draft.closed:
            numbers = numbers.after(self.draft.numbers)
            self.draft.add(numbers, self.tokens[i:end])
        else:
            self.loose.append(numbers)
            self.loose_tokens += self.tokens[i:end]
        return end

    def _counts_things(self, i, end):
        """Whether the number tells how many: «45 частных домах»."""
        after = self.tokens[end] if end < len(self.tokens) else None
        if not self.cased or after is None or after.kind != "word":
            return False
        if self.source[after.start].isupper() or after.glued or is_tag(after):
            return False
        grammar = JOINS | FROM | NUMBERED | {"по", "на"} | EXCEPT
        known = after.text in grammar or parity_of(after.text)
        return not known and after.text not in SPELLINGS and len(after.text) > 2

    def _begins_name(self, i):
        """Whether the number begins a name: «9 Мая», «2-я Северо-Западная»."""
        before = self.tokens[i - 1] if i else None
        after = self.tokens[i + 1 : i + 4]
        if after and after[0].kind == "-":
            after = after[1:]
        if not after or after[0].kind != "word":
            return False
        if after[0].text in COUNTED:
            return True
        ordinal = after[0].text in ORDINAL_ENDINGS and (
            after[0].glued or self.tokens[i + 1].kind == "-"
        )
        if ordinal:
            named = len(after) > 1 and after[1].kind == "word"
            return named and after[1].text not in JOINS | NUMBERED
        starts = before is None or before.kind in (";", "\n")
        name = len(after[0].text) > 3 and not after[0].glued
        return starts and name and not self._is_grammar(after[0])

    # Words -------------------------------------------------------------------------

    def _is_grammar(self, token):
        return (
            token.text in NUMBERED - {"д"}
            or token.text in JOINS
            or bool(parity_of(token.text))
        )

    def _take_word(self, i):
        token = self.tokens[i]
        text = token.text
        if text in FROM:
            numbers, _end = read_numbers(self.tokens, i)
            if numbers:
                return self._take_number(i)
        if parity_of(text):
            return self._take_parity(i)
        if text in EXCEPT:
            self.excluded = True
            return i + 1
        if text in NUMBERED and self._number_follows(i + 1):
            self._mark_group()
            return i + 1
        if text == "также":
            self._mark_group()
            return i + 1
        if text in WHOLE and self.draft and not self.draft.closed:
            if self._whole_after(i):
                return i + 1
        if self.draft and not self.draft.closed and is_bare_addition(self.tokens, i):
            return self._take_number(i)
        if is_tag(token):
            return self._skip_tagged(i)
        if text in JOINS or text in NUMBERED - {"д"}:
            return i + 1
        return self._take_name(i)

    def _number_follows(self, i):
        while i < len(self.tokens) and (
            self.tokens[i].text in NUMBERED | {"с", "от", "со"}
            or self.tokens[i].kind in ("-", ":")
        ):
            i += 1
        return i < len(self.tokens) and self.tokens[i].kind == "num"

    def _mark_group(self):
        self.group = len(self.draft.numbers) if self.draft else 0
        self.grouped = True

    def _whole_after(self, i):
        """Take «ул. Титова (вся)» for the whole street."""
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if self.draft.numbers or (
            after and after.kind == "word" and after.text not in HOUSE_WORDS
        ):
            return False
        side = self.pending or self.draft.side
        self.draft.add(Numbers(parity=side), [self.tokens[i]])
        return True

    def _skip_tagged(self, i):
        """Pass over «кв. 1–36», «подъезды 1, 2»: the house is named already."""
        j = i + 1
        while j < len(self.tokens) and self.tokens[j].kind in ("num", "-", "/"):
            j += 1
        return j

    # Streets -----------------------------------------------------------------------

    def _name_end(self, i):
        """Index after the last token of the name that begins at tokens[i]."""
        j = i
        while j < len(self.tokens):
            token = self.tokens[j]
            if token.kind == "num":
                plan = plan_end(self.tokens, i, j)
                if plan:
                    return plan
                typed = j > i and self.tokens[j - 1].text in SPELLINGS
                if not (self._begins_name(j) and (j == i or typed)):
                    ordinal = ordinal_end(self.tokens, j)
                    if not ordinal:
                        return j
                    j = ordinal - 1
            elif token.kind == "-":
                if not dash_in_name(self.tokens, j):
                    return j
            elif token.kind != "word":
                return j
            elif j > i and self._ends_name(j):
                return j
            j += 1
        return j

    def _ends_name(self, j):
        token = self.tokens[j]
        if token.text == "и":
            return self.tokens[j - 1].text not in KNOWN_PAIRS
        if token.text in ORDINAL_ENDINGS and self.tokens[j - 1].kind in ("num", "-"):
            return False
        if token.text in FROM:
            return read_numbers(self.tokens, j)[0] is not None
        if token.text in NUMBERED:
            return self._number_follows(j + 1) or token.text not in ("д", "н")
        if is_bare_addition(self.tokens, j):
            return True
        return bool(
            parity_of(token.text) or is_tag(token) or token.text in EXCEPT | {"также"}
        )

    def _take_name(self, i):
        end = max(self._name_end(i), i + 1)
        run = self.tokens[i:end]
        words = [t.text for t in run if t.kind == "word"]
        if not any(len(w) > 1 or w in SHORT_LOCALITY for w in words):
            return end
        if self._is_heading(words, run):
            after = self.tokens[end].kind if end < len(self.tokens) else "\n"
            self.inline = bool(self.locality) and after not in (":", "\n")
            return end
        joined = run[0].text in ("по", "на") and (self.loose or self.grouped)
        whole = [t for t in run if t.text not in WHOLE]
        self._open(run, whole, joined)
        if len(whole) < len(run) and self.draft and not self.draft.problem:
            self.draft.add(Numbers(parity=self.draft.side))
        return end

    def _is_heading(self, words, run):
        """Take «улицы:» and «Индустриальный район:» for what follows."""
        if all(w in PLURALS for w in words):
            self._flush()
            self.kind = SPELLINGS[words[0]]
            return True
        if not self._names_locality(words, run):
            return False
        self._flush()
        self.locality = words_of(run)
        name = [t for t in run if t.text not in LOCALITY_WORDS]
        self.draft = Draft(run, "", read_street(name)[1], self.locality)
        self.draft.problem = "heading"
        return True

    def _names_locality(self, words, run):
        """Whether the words are a town or district: «с. Лебяжье», «Октябрьский р-н»."""
        if not 1 < len(words) < 6 or any(w in SPELLINGS for w in words):
            return False
        full = [w in LOCALITY_WORDS and len(w) > 1 for w in words]
        short = words[0] in SHORT_LOCALITY and len(words[1]) > 2
        if not (full[0] or full[1] or full[-1] or short):
            return False
        name = run[1] if full[0] or short else run[0]
        return not self.cased or self.source[name.start].isupper()

    def _open(self, run, name, joined):
        """Begin a street; «дома 1–33 по улице Приобской» gives it those numbers."""
        moved, tokens = [], []
        if joined:
            moved, tokens = self._take_group()
        self._flush()
        plural = name and name[0].text in PLURALS
        kind, street, _lead = read_street(without_lead(name))
        self.draft = Draft(tokens + run, kind or self.kind, street, self.locality)
        self.draft.side, self.side = self.side, ""
        for numbers in moved:
            self.draft.add(numbers)
        self.draft.closed = bool(moved)
        self.draft.doubtful = not kind and not self._plausible(run, moved)
        if plural:
            self.kind = kind
        words = {t.text for t in run}
        if "между" in words or {"от", "до"} <= words:
            self.draft.problem = "stretch"

    def _plausible(self, run, moved):
        """Whether words without a street type may be a street's name."""
        words = [t for t in run if t.kind == "word"]
        if len(words) > MAX_NAME:
            return False
        first = run[1] if moved and len(run) > 1 else run[0]
        return (
            not self.cased or first.kind == "num" or self.source[first.start].isupper()
        )

    def _take_group(self):
        """Numbers (and their tokens) said before «по улице …»."""
        if self.loose:
            moved, tokens = self.loose, self.loose_tokens
            self.loose, self.loose_tokens = [], []
            return moved, tokens
        if self.draft and not self.draft.closed and self.grouped:
            return self.draft.take(self.group)
        return [], []

    # Closing -----------------------------------------------------------------------

    def _flush(self):
        """Finish the street in hand."""
        draft = self.draft
        if self.loose:
            if draft and draft.closed:
                for numbers in self.loose:
                    draft.add(numbers)
                draft.tokens += self.loose_tokens
            else:
                self._emit(ListItem(locality=self.locality), self.loose_tokens)
            self.loose, self.loose_tokens = [], []
        self.draft, self.pending, self.excluded = None, "", False
        self.group, self.grouped = 0, False
        if draft and not (draft.problem == "heading" and not draft.numbers):
            self._emit(make_item(draft), draft.all_tokens())

    def _emit(self, item, tokens):
        """Add an item; what is unread joins the unread before it."""
        unread = not item.numbers and item.problem in ("", "unread")
        last = self.items[-1] if self.items else None
        if unread:
            item = item._replace(problem="unread")
            if last and last.problem == "unread":
                self.items.pop()
                tokens = [*self.last_tokens, *tokens]
                item = item._replace(street="")
        self.last_tokens = tokens
        self.items.append(item._replace(text=slice_of(self.source, tokens)))
