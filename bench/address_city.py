# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An invented city for the look-up of addresses: 1,500 streets, 100,000 houses."""

import random

from . import words

SURNAMES = (
    "Малахов Шумаков Глушков Титов Чкалов Димитров Гущин Матросов Юрин Солнцев Никитин"
    " Аванесов Мамонтов Шукшин Антонов Панкратов Червонный Горький Чернышев Островский"
    " Фурманов Чапаев Фрунзе Киров Куйбышев Калинин Крупской Гагарин Королёв Беляев"
    " Ватутин Жуков Кутузов Суворов Нахимов Ушаков Павлов Мичурин Тимирязев Докучаев"
    " Менделеев Ломоносов Радищев Герцен Белинский Тургенев Некрасов Островой Лермонтов"
    " Крылов Грибоедов Маяковский Есенин Блок Шишков Сибирцев Ядринцев Ползунов Фролов"
).split()
NAMES = "Антона Георгия Германа Юрия Петра Ивана Сергея Николая Павла Алексея".split()
ADJECTIVES = (
    "Северн Западн Южн Восточн Лесн Полев Садов Лугов Речн Озёрн Горн Нагорн Заречн"
    " Солнечн Звёздн Весенн Зелён Берёзов Сосново-Боров Кедров Рябинов Вишнёв Яблонев"
    " Молодёжн Школьн Заводск Фабричн Кирпичн Деповск Вокзальн Привокзальн Станционн"
    " Северо-Западн Юго-Восточн Мало-Тобольск Больше-Олонск Московск Томск Омск Тюменск"
    " Бийск Рубцовск Славгородск Каменск Алейск Чарышск Катунск Обск Иртышск Енисейск"
    " Пионерск Октябрьск Советск Партизанск Красноармейск Социалистическ Парашютн"
    " Дальн Просторн Широк Кривов Тих Светл Радужн Лазурн Сиренев Цветочн Малинов"
).split()
DATES = (
    "8 Марта|9 Мая|22 Января|1 Мая|40 лет Октября|50 лет СССР|80 Гвардейской Дивизии"
).split("|")
VILLAGES = ("Лебяжье", "Власиха", "Затон", "Научный Городок", "Бельмесево")
LETTERS = "абвг"
COMMON = ("Центральная", "Ленина", "Мира", "Садовая", "Школьная", "Новая")


def _soft(stem):
    return stem.endswith(("н",)) and stem in ("Весенн", "Дальн")


def _adjective(stem, feminine):
    if _soft(stem):
        return stem + ("яя" if feminine else "ий")
    if stem[-1] in "кх":
        return stem + ("ая" if feminine else "ий")
    return stem + ("ая" if feminine else "ый")


def _genitive(surname):
    if surname.endswith(("ый", "ий")):
        return surname[:-2] + "ого"
    if surname.endswith(("ой", "е")):
        return surname
    return surname + "а"


def street_names(count, chance):
    """[(type, name)] all different, as many as asked."""
    names = [("ул.", date) for date in DATES]
    people = [_genitive(s) for s in (*SURNAMES, *words.SURNAMES)]
    names += [("пр-кт", n) for n in ("Ленина", "Космонавтов", "Строителей")]
    names += [("ул.", n) for n in dict.fromkeys(people) if n != "Ленина"]
    names += [
        (k, _adjective(a, k == "ул.")) for a in ADJECTIVES for k in ("ул.", "пер.")
    ]
    names += [("тракт", n) for n in ("Павловский", "Змеиногорский", "Правобережный")]
    pool = [("ул.", f"{first} {last}") for first in NAMES for last in people]
    pool += [
        (
            kind,
            f"{number}-{'я' if kind == 'ул.' else 'й'} {_adjective(a, kind == 'ул.')}",
        )
        for a in ADJECTIVES
        for kind in ("ул.", "проезд")
        for number in range(1, 8)
    ]
    chance.shuffle(pool)
    names = list(dict.fromkeys(names + pool))
    return names[:count]


def house_numbers(count, chance):
    """Different numbers of one street: plain, lettered, fractions, корпуса."""
    numbers, n = [], 0
    while len(numbers) < count:
        n += 1
        numbers.append(str(n))
        if chance.random() < 0.2:
            numbers.append(f"{n}{chance.choice(LETTERS)}")
        if chance.random() < 0.07:
            numbers.append(f"{n}/{chance.randint(1, 3)}")
        if chance.random() < 0.05:
            numbers.append(f"{n} корп. {chance.randint(1, 3)}")
    return numbers[:count]


def fill(env, streets=1_500, houses=100_000, seed=24):
    """Fill an empty directory; returns the number of houses."""
    chance = random.Random(seed)
    city, districts, villages = _make_towns(env["gorod24.address"])
    values = [
        {"name": name, "type_name": "ул.", "parent_id": village.id}
        for village in villages
        for name in COMMON
    ]
    values += [
        {
            "name": name,
            "type_name": kind,
            "parent_id": city.id,
            "district_id": chance.choice(districts.ids),
        }
        for kind, name in street_names(streets - len(values), chance)
    ]
    made = env["gorod24.address"].create(values)
    env["gorod24.address.alias"].create(
        [
            {"address_id": street.id, "name": f"Старо-{street.name}"}
            for street in made.filtered(lambda s: " " not in s.name)[::5]
        ]
    )
    env.flush_all()
    return _load_houses(env, made, houses, chance)


def _make_towns(Address):
    """(city, its districts, villages around it)."""
    region = Address.create(
        {"name": "Алтайский", "type_name": "край", "level": "region"}
    )
    city = Address.create(
        {"name": "Барнаул", "type_name": "г.", "level": "city", "parent_id": region.id}
    )
    districts = Address.create(
        [
            {"name": n, "type_name": "р-н", "level": "district", "parent_id": city.id}
            for n in words.DISTRICTS
        ]
    )
    villages = Address.create(
        [
            {"name": n, "type_name": "п.", "level": "settlement", "parent_id": city.id}
            for n in VILLAGES
        ]
    )
    return city, districts, villages


def _load_houses(env, streets, houses, chance):
    """Houses by COPY-like inserts: the model's own way takes ten minutes."""
    from odoo.addons.gorod24_address.parsing import house_key

    weights = [chance.paretovariate(1.2) for _street in streets]
    scale = houses / sum(min(w, 12) for w in weights)
    rows = []
    for street, weight in zip(streets, weights, strict=True):
        count = max(1, round(min(weight, 12) * scale))
        for number in house_numbers(count, chance):
            district = street.district_id.id or None
            rows.append((street.id, number, house_key(number), district))
    short = houses - len(rows)
    street = streets[0].id
    last = len(rows)
    rows += [(street, str(n), str(n), None) for n in range(last, last + max(0, short))]
    rows = rows[:houses]
    for begin in range(0, len(rows), 5_000):
        env.cr.execute_values(
            "INSERT INTO gorod24_building"
            " (street_id, house, house_key, district_id, kind, active) VALUES %s"
            " ON CONFLICT DO NOTHING",
            rows[begin : begin + 5_000],
            template="(%s, %s, %s, %s, 'apartment', true)",
        )
    return len(rows)
