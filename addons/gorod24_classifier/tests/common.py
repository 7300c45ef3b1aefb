# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase


def hold_today(case):
    """Return the day of the service, which stays so until the class of tests ends.

    Midnight may pass between the making of records and what is asked about them.
    """
    today = case.env["gorod24.section.member"]._get_today()
    for name, method in (
        ("gorod24.section.member", "_get_today"),
        ("gorod24.service.time", "_get_service_today"),
    ):
        case.classPatch(case.env.registry[name], method, lambda model: today)
    return today


class ClassifierCase(TransactionCase):
    """Topics, participants and places of our own; Russian for the reasons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.Category = cls.env["helpdesk.ticket.category"]
        cls.Competence = cls.env["gorod24.competence"]
        cls.heating = cls._topic("Отопление")
        cls.cold = cls._topic("Холодно в квартире", cls.heating, is_topic=True)
        cls.roads = cls._topic("Дороги")
        cls.town = cls._address("Пробинск", "г.", "city")
        cls.district = cls._address("Индустриальный", "р-н", "district", cls.town)
        cls.street = cls._address("Попова", "ул.", "street", cls.town)
        cls.street.district_id = cls.district
        cls.house = cls._house("50")
        cls.network = cls._participant("Теплосети")
        cls.manager = cls._participant("УК Уют")

    def _settle(self, **codes):
        """Let these regimes be of a kind, too: the addon itself knows no regulation.

        :param codes: kind of regimes → their codes
        """
        Category = self.registry["helpdesk.ticket.category"]
        known = Category._get_regime_codes

        def with_ours(model, *kinds):
            ours = [codes[kind] for kind in kinds if kind in codes]
            return (*known(model, *kinds), *ours)

        self.patch(Category, "_get_regime_codes", with_ours)

    @classmethod
    def _topic(cls, name, parent=None, **values):
        return cls.env["helpdesk.ticket.category"].create(
            {"name": name, "parent_id": parent.id if parent else False, **values}
        )

    @classmethod
    def _address(cls, name, kind, level, parent=None):
        values = {"name": name, "type_name": kind, "level": level}
        return cls.env["gorod24.address"].create(
            {**values, "parent_id": parent.id if parent else False}
        )

    @classmethod
    def _house(cls, number):
        return cls.env["gorod24.building"].create(
            {"street_id": cls.street.id, "house": number}
        )

    @classmethod
    def _participant(cls, name):
        return cls.env["res.partner"].create(
            {"name": name, "is_company": True, "is_participant": True}
        )

    @classmethod
    def _rule(cls, participant, **values):
        for key in ("topic", "address", "section"):
            if key in values:
                values[f"{key}_id"] = values.pop(key).id
        return cls.env["gorod24.competence"].create(
            {"participant_id": participant.id, **values}
        )

    @contextmanager
    def _refused(self, message):
        """What is refused with these words leaves nothing behind."""
        with self.assertRaisesRegex(ValidationError, message), self.cr.savepoint():
            yield
            self.env.flush_all()
