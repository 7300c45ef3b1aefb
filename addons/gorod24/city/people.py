# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Citizens with names and telephone numbers; all invented."""

SURNAMES = (
    "Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров "
    "Морозов Волков Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Николаев "
    "Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев "
    "Григорьев Романов Воробьёв Сергеев Кузьмин Фролов Александров Дмитриев Королёв "
    "Гусев Киселёв Ильин Максимов Поляков Сорокин Виноградов Ковалёв Белов Медведев "
    "Антонов Тарасов"
).split()
WOMEN = (
    "Анна Мария Елена Ольга Татьяна Наталья Ирина Светлана Людмила Галина Валентина "
    "Нина Екатерина Юлия Марина Надежда Любовь Лариса Вера Тамара"
).split()
MEN = (
    "Александр Сергей Владимир Андрей Алексей Николай Дмитрий Виктор Юрий Иван Михаил "
    "Евгений Анатолий Василий Павел Олег Игорь Геннадий Борис Константин"
).split()
FATHERS = (
    "Александр Сергей Владимир Андрей Николай Дмитрий Виктор Иван Михаил Анатолий "
    "Василий Павел Борис Константин Степан"
).split()

IRREGULAR = {"Михаил": "Михайло", "Павел": "Павло"}


def make_people(rng, count):
    """Return ``count`` dicts name, phone (E.164), mobile; phones never repeat.

    :param rng: random.Random that decides everything.
    """
    mobiles = rng.sample(range(1_000_000, 9_999_999), count)
    landlines = rng.sample(range(200_000, 699_999), count)
    people = []
    for index in range(count):
        by_mobile = rng.random() < 0.7
        people.append(
            {
                "name": _full_name(rng),
                "phone": f"+7913{mobiles[index]}"
                if by_mobile
                else f"+73852{landlines[index]}",
                "flat": str(rng.randint(1, 180)),
            }
        )
    return people


def _full_name(rng):
    surname, father = rng.choice(SURNAMES), rng.choice(FATHERS)
    if rng.random() < 0.66:
        return f"{surname}а {rng.choice(WOMEN)} {_patronymic(father, 'вна')}"
    return f"{surname} {rng.choice(MEN)} {_patronymic(father, 'вич')}"


def _patronymic(father, ending):
    if father in IRREGULAR:
        return f"{IRREGULAR[father]}{ending}"
    if father.endswith("ий"):
        return f"{father[:-2]}ье{ending}"
    if father.endswith("й"):
        return f"{father[:-1]}е{ending}"
    return f"{father}о{ending}"
