# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest import SkipTest

from odoo.tests import TransactionCase, tagged

# said by the citizen → the house of the demo city
ADDRESSES = {
    "пр. Ленина, 54-в": "пр-кт Ленина, 54-в",
    "ленина 54в": "пр-кт Ленина, 54-в",
    "54 в ленина": "пр-кт Ленина, 54-в",
    "ул попова д 50 кв 12": "ул. Попова, 50",
    "Попова пятьдесят": "ул. Попова, 50",
    "дом 72 по улице Попова": "ул. Попова, 72",
    "павловский тракт 60": "Павловский тракт, 60",
    "Исакова 132": "ул. Георгия Исакова, 132",
    "ул. Г. Исакова, 140 подъезд 2": "ул. Георгия Исакова, 140",
    "имени георгия исакова 134-18": "ул. Георгия Исакова, 134",
    "малохова 90": "ул. Малахова, 90",
    "сухе батора 7": "ул. Сухэ-Батора, 7",
    "80 гвардейской дивизии 14": "ул. 80 Гвардейской Дивизии, 14",
    "пятая западная 70": "ул. Западная 5-я, 70",
    "5-ая Западная, дом 64, квартира 3": "ул. Западная 5-я, 64",
    "космонафтов 21": "пр-кт Космонавтов, 21",
    "Л.Толстого 22": "ул. Льва Толстого, 22",
    "горького 20 кв.7 этаж 2": "ул. Максима Горького, 20",
    "г Барнаул, пр-кт Красноармейский, д.40": "пр-кт Красноармейский, 40",
    "ghjcgtrn ktybyf 20": "пр-кт Ленина, 20",
}

# said by the citizen, where → topics that are right, participant
PROBLEMS = [
    ("батареи холодные", "попова 50", {"L-JKH-05"}, "UK-IND"),
    ("нету света в падике", "ленина 20", {"L-JKH-12"}, "UK-CEN"),
    ("воняет газом", "попова 50", {"L-JKH-16"}, "GAZ"),
    ("яма на дороге", "малахова 90", {"L-TR-01"}, "DOROGI"),
    ("третий день нет горячей воды", "исакова 132", {"L-JKH-02"}, "TEPLO"),
    ("из крана ржавая вода течет", "беляева 5", {"L-JKH-04"}, "VODA"),
    ("крыша течет прям в квартиру", "смирнова 55", {"L-JKH-11"}, "UK-OKT"),
    ("лифт опять встал", "шумакова 14", {"L-JKH-10"}, "UK-IND"),
    (
        "собаки стаей бегают, детей пугают",
        "гущина 150",
        {"0003.0011.0127.0870", "0003.0011.0127.0866"},
        "OTLOV",
    ),
    (
        "мусор не вывозят, контейнеры забиты",
        "чкалова 21",
        {"L-BL-08", "0005.0005.0056.1160"},
        "TKO",
    ),
    ("фонарь не горит у подъезда на столбе", "матросова 5", {"L-BL-01"}, "GORSVET"),
    ("дерево упало на провода", "никитина 51", {"L-BL-02"}, "ZELEN"),
    ("скользко на тротуаре, бабушка упала", "пушкина 10", {"L-BL-04"}, "DOROGI"),
    ("снег во дворе не чистят", "юрина 180", {"L-BL-03"}, "UK-IND"),
    ("трубу прорвало заливает квартиру", "анатолия 81", {"L-JKH-06"}, "UK-CEN"),
    ("провод искрит на столбе", "панфиловцев 2", {"L-EN-02"}, "SVET"),
    ("люк открытый на тротуаре", "ползунова 26", {"L-JKH-15"}, "VODA"),
    ("светофор не работает на перекрестке", "калинина 5", {"L-TR-02"}, "DOROGI"),
    ("автобус мимо остановки проехал", "чудненко 87", {"L-TR-03"}, "TRANS"),
    ("не могу к терапевту записаться", "энтузиастов 3", {"L-HE-01"}, "MED"),
]


@tagged("post_install", "-at_install")
class TestReferenceWalk(TransactionCase):
    """Twenty addresses and twenty problems as citizens say them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env["gorod24.demo.city"]._load({}, 20, 10, 5):
            raise SkipTest("the base already holds a city")
        # the right topic must not depend on the season of the run
        model = cls.env.registry["helpdesk.ticket.category"]
        cls.classPatch(model, "_is_met_now", lambda topic: True)

    def test_twenty_addresses_are_found(self):
        houses = self.env["gorod24.building"].with_context(lang="ru_RU")
        for said, expected in ADDRESSES.items():
            with self.subTest(said):
                found = houses.suggest(said)
                self.assertTrue(found)
                house = houses.browse(found[0]["building_id"])
                self.assertEqual(house.display_name, expected)

    def test_twenty_problems_reach_their_participant_with_a_reason(self):
        env = self.env(context={"lang": "ru_RU"})
        for said, where, codes, participant in PROBLEMS:
            with self.subTest(said):
                found = env["helpdesk.ticket.category"].suggest(said)
                self.assertTrue(found)
                topic = env["helpdesk.ticket.category"].browse(found[0]["topic_id"])
                self.assertIn(topic.code, codes)
                building, _flat = env["gorod24.building"]._find(where)
                self.assertTrue(building, where)
                route = env["gorod24.competence"]._route(topic, building)
                chosen = env["res.partner"].browse(route["participant_id"])
                self.assertEqual(chosen.participant_code, participant)
                self.assertIn(building.house, route["reason"])
