# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words of a complaint; run with pytest, no Odoo needed."""

from hypothesis import given
from hypothesis import strategies as st
from wording import Vocabulary, normalise, query_words


def _texts(text):
    return [word.text for word in query_words(text)]


def test_noise_is_dropped():
    assert _texts("Здравствуйте, у нас в доме третий день нету воды!") == ["воды"]


def test_noise_alone_is_kept():
    assert _texts("у нас") == ["у", "нас"]


def test_yo_is_ye():
    assert normalise("Гололёд, ЛЁД!") == "гололед лед"


def test_colloquial_word_brings_the_plain_one():
    (word,) = query_words("в падике")
    assert word.others == ("подъезд",)


@given(st.text(max_size=200))
def test_any_text_gives_clean_words(text):
    words = query_words(text, limit=5)
    assert len(words) <= 5
    for word in words:
        assert word.text == normalise(word.text)
        assert " " not in word.text


KNOWN = ["батареи", "холодные", "светофор", "сосульки", "сосед", "лифт"]
words = st.text(alphabet="абвгдежзиклмнопрст", min_size=5, max_size=12)


def test_typing_errors_find_the_known_word():
    vocabulary = Vocabulary(KNOWN)
    assert vocabulary.nearest("батореи") == ["батареи"]
    assert vocabulary.nearest("свтеофор") == ["светофор"]
    assert vocabulary.nearest("сосулки") == ["сосульки"]
    assert vocabulary.nearest("автобус") == []


@given(st.lists(words, max_size=20), words, st.integers(0, 4), st.sampled_from("щы"))
def test_one_wrong_letter_never_hides_a_word(others, word, place, letter):
    mistyped = word[:place] + letter + word[place + 1 :]
    assert word in Vocabulary([*others, word]).nearest(mistyped, limit=50)
