# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words of which topics, wordings and complaints of a big classifier are made.

The same word stands in many topics and many words in one, as in a real classifier:
that is what makes a search slow.
"""

import random

FAULTS = (
    "не работает|сломан|нет|отключили|протекает|засор|затопило|провалился|разбит|"
    "украли|шумит|дымит|воняет|искрит|загрязнение|не убирают|не вывозят|"
    "не ремонтируют|перекрыли|задержка|отказ в выдаче|неправильное начисление|"
    "хамство при обслуживании|очередь|нарушение сроков|опасное состояние|"
    "незаконное размещение|самовольное строительство|проверка|установка|замена|"
    "перенос|согласование|восстановление|оформление|утрата|жалоба на работу|"
    "плохое качество|недостаточное количество|переполнение"
).split("|")
OBJECTS = (
    "лифт|мусоропровод|домофон|кровля|подвал|подъезд|балкон|фасад|водосток|"
    "канализация|холодная вода|горячая вода|отопление|батарея|стояк|газ|"
    "газовая плита|котёл|вентиляция|электричество|счётчик|провод|трансформатор|"
    "щитовая|фонарь|светофор|дорожный знак|разметка|тротуар|бордюр|люк|"
    "ливневая канализация|яма|асфальт|мост|остановка|автобус|троллейбус|трамвай|"
    "маршрутное такси|водитель|кондуктор|парковка|гараж|эвакуатор|дерево|газон|"
    "клумба|детская площадка|спортивная площадка|скамейка|урна|контейнер|свалка|снег|"
    "гололёд|сосульки|собаки|кошки|крысы|насекомые|клещи|пляж|река|озеро|лес|воздух|"
    "завод|котельная|стройка|долевое строительство|перепланировка|приватизация|"
    "субсидия|пособие|пенсия|материнский капитал|льгота|проездной билет|лекарство|"
    "рецепт|врач|терапевт|педиатр|стоматолог|поликлиника|больница|скорая помощь|"
    "прививка|медицинский полис|детский сад|школа|учитель|питание|кружок|библиотека|"
    "музей|театр|стадион|бассейн|почта|посылка|интернет|телефонная связь|телевидение|"
    "магазин|ларёк|рынок|кафе|парикмахерская|кладбище|памятник|полиция|участковый|"
    "соседи|шум|музыка|алкоголь|наркотики|мошенники|документы|справка|"
    "запись на приём|портал услуг|обращение|земельный участок|забор|аренда|межевание|"
    "реклама|вывеска|объявления|граффити|ветеран|инвалид|пандус|сирота|"
    "многодетная семья|ребёнок|пенсионер|работа|зарплата|налог|штраф|взятка"
).split("|")
PLACES = (
    "в доме|в квартире|в подъезде|во дворе|на улице|на дороге|на остановке|в подвале|"
    "на крыше|в школе|в детском саду|в больнице|в поликлинике|в магазине|в парке|"
    "в частном секторе|на перекрёстке|на кладбище|у реки|в общежитии|в автобусе|"
    "на предприятии|в новостройке|в садоводстве|на рынке"
).split("|")
TELLING = (
    "третий день|уже неделю|постоянно|ночью|по утрам|после ремонта|совсем|снова|"
    "второй месяц"
).split("|")
#: What else people tell; most of it stands in no topic.
STORY = (
    "я звоню уже который раз и никто ничего не делает|муж болеет ходить не может|"
    "соседка говорит что у них то же самое|обещали приехать ещё в понедельник|"
    "плачу за всё вовремя и хочу порядка|с маленьким ребёнком на руках|"
    "диспетчер бросила трубку|раньше такого никогда не было|мне восемьдесят лет|"
    "писали заявление коллективное ответа нет|слесарь посмотрел развёл руками и ушёл"
).split("|")


ENDINGS = "а я ы и у ю е ой ей ом ем ов ев ам ами ах ый ая ое ые ого ому".split()


def topics(count, lines, seed=24):
    """``count`` different (name, [wordings]) of about ten wordings each.

    :param lines: wordings of real topics; the words of ours are taken from them too,
        in other forms, so that there are as many different words as in a big
        classifier
    """
    chance = random.Random(seed)
    names = [
        f"{fault} {thing} {place}"
        for fault in FAULTS
        for thing in OBJECTS
        for place in PLACES
    ]
    return [
        (name[0].upper() + name[1:], _wordings(chance, name, lines))
        for name in chance.sample(names, count)
    ]


def _wordings(chance, name, lines):
    made = [name]
    for _line in range(chance.randint(5, 14)):
        words = chance.choice(lines).split()
        words = [_inflect(chance, word) for word in words]
        if chance.random() < 0.5:
            words[-1:] = [chance.choice(OBJECTS), chance.choice(FAULTS)]
        made.append(" ".join(words))
    return list(dict.fromkeys(made))


def _inflect(chance, word):
    """Another form of a long word, as like a Russian one as an ending makes it."""
    if len(word) < 5 or chance.random() < 0.3:
        return word
    return word.rstrip("аяыиуюеойьмхв")[: len(word)] + chance.choice(ENDINGS)


def spoil(chance, words):
    """The text with one letter wrong, missing, extra or swapped in each long word."""
    spoilt = []
    for word in words.split():
        if len(word) > 4:
            place = chance.randrange(1, len(word) - 1)
            letter = chance.choice("оаеинтсрвлкмдпу")
            word = chance.choice(
                [
                    word[:place] + letter + word[place + 1 :],
                    word[:place] + word[place + 1 :],
                    word[:place] + letter + word[place:],
                    word[:place] + word[place + 1] + word[place] + word[place + 2 :],
                ]
            )
        spoilt.append(word)
    return " ".join(spoilt)


def questions(kind, count, seed=7):
    """``count`` complaints of a kind: word, words, typos, story, story_typos."""
    chance = random.Random(f"{kind}{seed}")
    return [_question(chance, kind) for _number in range(count)]


def _question(chance, kind):
    thing = chance.choice(OBJECTS)
    if kind == "word":
        return thing.split()[-1]
    words = f"{thing} {chance.choice(FAULTS)}"
    if chance.random() < 0.5:
        words += f" {chance.choice(PLACES)}"
    if kind in ("words", "typos"):
        return words if kind == "words" else spoil(chance, words)
    tale = chance.sample(STORY, 3)
    place = chance.choice(PLACES)
    told = f"{tale[0]} {chance.choice(TELLING)} {words} {place} {tale[1]} {tale[2]}"
    told = " ".join(told.split()[:25])
    return told if kind == "story" else spoil(chance, told)
