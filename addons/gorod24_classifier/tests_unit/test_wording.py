# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words of a complaint; run with pytest, no Odoo needed."""

import re

from hypothesis import given
from hypothesis import strategies as st
from wording import (
    Facts,
    Found,
    Reader,
    Thesaurus,
    TopicIndex,
    Vocabulary,
    adjust,
    explain,
    normalise,
    rank,
    split_words,
)
from wording.typos import distance, sound

_ENDING = re.compile(
    r"(ами|ями|ого|ему|ите|ает|ают|ый|ий|ая|ое|ые|ов|ом|ей|е|и|у|а|ы|я|ь)$"
)


def stem(words):
    """A rough stemmer in place of the dictionary of PostgreSQL."""
    return {word: _ENDING.sub("", word) if len(word) > 3 else word for word in words}


TOPICS = {
    "light": ["Нет света в подъезде", "темно в подъезде", "не горит лампочка"],
    "power": ["Нет света", "отключили свет", "обесточен дом"],
    "gas": ["Запах газа", "воняет газом"],
    "hole": ["Яма на дороге", "яма на проезжей части"],
    "dogs": ["Бродячие собаки", "стая собак"],
    "sewer": ["Засор канализации", "забилась канализация"],
}
SYNONYMS = [
    ("падик", "подъезд"),
    ("дубак", "холодно в квартире"),
    ("глаз выколи", "темно"),
    ("выбоина", "яма, провал"),
]


def make_reader(topics=TOPICS, synonyms=SYNONYMS):
    index = TopicIndex()
    for key, lines in topics.items():
        index.put(key, [(line, 1.0) for line in lines], stem)
    return Reader(index, Thesaurus(synonyms, stem), stem)


def find(text, reader=None):
    reader = reader or make_reader()
    return [found.key for found in rank(reader.index, reader.read(text))]


def why(text, reader=None):
    reader = reader or make_reader()
    said = reader.read(text)
    return dict(explain(said, rank(reader.index, said)[0].matched))


# Words -----------------------------------------------------------------------------


def test_noise_is_dropped():
    said = make_reader().read("Здравствуйте, у нас третий день нету света!")
    assert [item.text for item in said] == ["нет", "света"]


def test_noise_alone_is_kept():
    assert [item.text for item in make_reader().read("у нас")] == ["у", "нас"]


def test_yo_is_ye():
    assert normalise("Гололёд, ЛЁД!") == "гололед лед"


def test_long_texts_are_cut():
    assert len(split_words("слово " * 5000)) == 60


# Finding -----------------------------------------------------------------------------


def test_words_in_other_forms_are_found():
    assert find("газом воняло")[0] == "gas"
    assert find("ямы на дорогах")[0] == "hole"


def test_the_fuller_wording_comes_first():
    assert find("нет света")[0] == "power"
    assert find("света нет в подъезде")[0] == "light"


def test_synonym_is_found_and_named():
    assert find("нету света в падике")[0] == "light"
    assert why("нету света в падике")["падике"] == "подъезд"


def test_phrase_is_a_synonym():
    assert find("в подъезде хоть глаз выколи")[0] == "light"


def test_synonym_of_several_meanings():
    assert find("выбоина")[0] == "hole"


def test_other_keyboard_layout():
    assert find("ytne cdtnf d gjl]tplt")[0] == "light"
    assert find("j,jxbyf ,hjlzxbt cj,frb")[0] == "dogs"


def test_missing_and_shifted_space():
    assert find("бродячиесобаки")[0] == "dogs"
    assert find("ямана дороге")[0] == "hole"
    assert find("засорка нализации")[0] == "sewer"


def test_spelling_by_ear():
    assert find("засор конолизации")[0] == "sewer"
    assert why("бродячии сабаки")["сабаки"] == "собаки"


def test_unfinished_last_word():
    assert find("бродя")[0] == "dogs"


def test_a_story_is_found_by_its_few_words():
    story = "пришла с работы а там муж ругается и опять эта канализация вся забилась"
    assert find(story)[0] == "sewer"


def test_nothing_known_finds_nothing():
    assert find("абракадабра щщщ") == []
    assert find("") == []


def test_dropped_topic_and_its_words_are_forgotten():
    reader = make_reader()
    reader.index.drop("dogs")
    assert "dogs" not in find("бродячие собаки", reader)
    assert "собаки" not in reader.index.words
    reader.index.put("dogs", [("Бродячие собаки", 1.0)], stem)
    assert find("сабаки", reader) == ["dogs"]


def test_putting_a_topic_again_replaces_its_words():
    reader = make_reader()
    reader.index.put("gas", [("утечка", 1.0)], stem)
    assert find("запах газа", reader) == []
    assert find("утечка", reader) == ["gas"]


@given(st.text(max_size=300))
def test_any_text_is_survived(text):
    reader = make_reader()
    for found in rank(reader.index, reader.read(text)):
        assert 0 <= found.score <= 1


# Order -------------------------------------------------------------------------------


def _order(scores, **facts):
    found = [Found(key, score, ()) for key, score in scores.items()]
    known = {key: facts.get(key, Facts()) for key in scores}
    return [item.key for item in adjust(found, known)]


def test_use_decides_between_equals():
    assert _order({"a": 0.5, "b": 0.5}, b=Facts(uses=3)) == ["b", "a"]


def test_use_does_not_beat_better_words():
    assert _order({"a": 0.6, "b": 0.5}, b=Facts(uses=9999)) == ["a", "b"]


def test_habit_moves_what_fits_about_equally():
    assert _order({"a": 0.6, "b": 0.5}, b=Facts(habit=1.0)) == ["b", "a"]


def test_out_of_season_sinks():
    assert _order({"a": 0.6, "b": 0.5}, a=Facts(in_season=False)) == ["b", "a"]


def test_only_words_put_a_topic_above_a_dangerous_one():
    gas = Facts(danger=True, in_season=False)
    other = Facts(uses=999, habit=1.0)
    assert _order({"other": 0.55, "gas": 0.6}, gas=gas, other=other)[0] == "gas"
    assert _order({"other": 0.9, "gas": 0.6}, gas=gas, other=other)[0] == "other"


# Typing errors -----------------------------------------------------------------------

KNOWN = ["батареи", "холодные", "светофор", "сосульки", "сосед", "лифт"]
words = st.text(alphabet="абвгдежзиклмнопрст", min_size=5, max_size=12)


def _nearest(vocabulary, word):
    return [known for known, _far in vocabulary.nearest(word, limit=50)]


def test_typing_errors_find_the_known_word():
    vocabulary = Vocabulary(KNOWN)
    assert _nearest(vocabulary, "батореи") == ["батареи"]
    assert _nearest(vocabulary, "свтеофор") == ["светофор"]
    assert _nearest(vocabulary, "сосулки") == ["сосульки"]
    assert _nearest(vocabulary, "халодныи") == ["холодные"]
    assert _nearest(vocabulary, "свитафорр") == ["светофор"]
    assert _nearest(vocabulary, "автобус") == []


def test_two_wrong_letters_only_in_long_words():
    assert _nearest(Vocabulary(["лифт"]), "лирд") == []
    assert _nearest(Vocabulary(["светофор"]), "смекофор") == ["светофор"]


@given(st.lists(words, max_size=20), words, st.integers(0, 4), st.sampled_from("щы"))
def test_one_wrong_letter_never_hides_a_word(others, word, place, letter):
    mistyped = word[:place] + letter + word[place + 1 :]
    found = Vocabulary([*others, word]).nearest(mistyped, limit=50)
    assert found and (word in dict(found) or min(dict(found).values()) == 1)


@given(words, words, st.integers(1, 2))
def test_distance_is_symmetric_and_bounded(one, two, most):
    far = distance(one, two, most)
    assert far == distance(two, one, most) <= most + 1
    assert (far == 0) == (one == two)


def test_words_that_sound_alike():
    assert sound("конализация") == sound("канализация")
    assert sound("электращитавая") == sound("электрощитовая")
    assert sound("лифт") != sound("лист")


def test_a_word_used_twice_survives_one_removal():
    vocabulary = Vocabulary(["лифты", "лифты"])
    vocabulary.remove("лифты")
    assert "лифты" in vocabulary
    vocabulary.remove("лифты")
    assert "лифты" not in vocabulary and len(vocabulary) == 0
