# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from psycopg2.errors import SerializationFailure

from odoo import fields, models
from odoo.orm.model_classes import add_to_registry
from odoo.tests import TransactionCase

OWNER = "gorod24.test.clock.owner"
# 23.11.2026 10:15 in Barnaul, a Monday
START = datetime(2026, 11, 23, 3, 15)


class RegulationCase(TransactionCase):
    """Regimes of known limits, whatever the customer made of the shipped ones."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        settings = cls.env["ir.config_parameter"]
        settings.set_param("gorod24.timezone", "Asia/Barnaul")
        settings.set_param("gorod24.timezone_name", "Барнаул")
        cls.hotline = cls._regime(
            "T-HOT",
            {"kind": "acceptance", "base": "working_days", "amount": 1},
            {
                "kind": "execution",
                "base": "calendar_days",
                "amount": 15,
                "extension_days": 30,
            },
            {
                "kind": "informing",
                "base": "working_days",
                "amount": 1,
                "start_from": "previous",
            },
        )
        cls.emergency = cls._regime(
            "T-EMRG",
            {"kind": "acceptance", "base": "minutes", "amount": 30},
            {
                "kind": "execution",
                "base": "minutes",
                "amount": 4320,
                "extension_days": 30,
            },
            is_emergency=True,
            family="emergency_house",
            sequence=-1,
        )
        cls.reference = cls._regime("T-INFO")
        # the customer's own ladder must not disturb
        cls.env["gorod24.escalation.step"].search([]).write({"active": False})

    @classmethod
    def _regime(cls, code, *rules, **values):
        commands = [fields.Command.create(rule) for rule in rules]
        return cls.env["gorod24.regime"].create(
            {"code": code, "name": code, "rule_ids": commands, **values}
        )


class ClockCase(RegulationCase):
    """Adds a model that has clocks and remembers what its hooks were told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hooks = []
        cls._add_owner_model(cls.hooks)
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        cls.owners = cls.env[OWNER].create([{"name": name} for name in "ABC"])
        cls.owner = cls.owners[0]

    @classmethod
    def _add_owner_model(cls, hooks):
        class ClockOwner(models.Model):
            _module = None
            _name = OWNER
            _description = "Owner of clocks (tests)"
            _inherit = ["gorod24.clock.mixin"]

            name = fields.Char()

            def _clock_changed(self, kind, clocks):
                hooks.append(("changed", kind, self.ids, clocks.ids))

            def _clock_warned(self, clocks):
                hooks.append(("warned", None, self.ids, clocks.ids))

            def _clock_missed(self, clocks):
                if "faulty" in self.mapped("name"):
                    raise ValueError("a faulty hook")
                if "busy" in self.mapped("name"):
                    raise SerializationFailure("somebody else writes this")
                hooks.append(("missed", None, self.ids, clocks.ids))

            def _clock_escalated(self, clocks, step):
                if "faulty" in self.mapped("name"):
                    raise ValueError("a faulty hook")
                hooks.append(("escalated", step.role, self.ids, clocks.ids))

        add_to_registry(cls.registry, ClockOwner)
        cls.registry._setup_models__(cls.env.cr, [OWNER])
        cls.registry.init_models(cls.env.cr, [OWNER], {"module": "gorod24_regulation"})
        cls.addClassCleanup(cls._remove_owner_model)

    @classmethod
    def _remove_owner_model(cls):
        del cls.registry[OWNER]
        cls.registry._setup_models__(cls.env.cr, [])
