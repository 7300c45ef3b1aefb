# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the columns of a sheet of rules."""

from odoo import api, models

from odoo.addons.gorod24_address.tabular import Column


class Gorod24CompetenceImport(models.TransientModel):
    _inherit = "gorod24.competence.import"

    @api.model
    def _get_columns(self):
        """Columns of the import and of the export."""
        return [*self._get_place_columns(), *self._get_answer_columns()]

    @api.model
    def _get_place_columns(self):
        """What and where."""
        return [
            Column(
                "number", self.env._("Rule number"), aliases=("номер правила", "id")
            ),
            Column(
                "topic",
                self.env._("Topic"),
                aliases=("тема", "код темы", "вопрос"),
                hint=self.env._("code, name or path; empty: all topics"),
            ),
            Column(
                "district",
                self.env._("District"),
                aliases=("район", "территория"),
                hint=self.env._("empty with empty street and houses: the whole town"),
            ),
            Column("street", self.env._("Street"), aliases=("улица",)),
            Column(
                "houses",
                self.env._("Houses"),
                aliases=("дома", "список домов", "адреса"),
                hint=self.env._("ул. Попова, 50–98 чёт.; пр. Ленина 3, 5, 7а"),
            ),
        ]

    @api.model
    def _get_answer_columns(self):
        """Who answers, and when."""
        return [
            Column(
                "participant",
                self.env._("Participant"),
                required=True,
                aliases=("участник", "код участника", "организация", "исполнитель"),
                hint=self.env._("code or name"),
            ),
            Column("section", self.env._("Section"), aliases=("участок",)),
            Column(
                "person", self.env._("Responsible person"), aliases=("ответственный",)
            ),
            Column(
                "date_from",
                self.env._("In force since"),
                aliases=("с", "действует с", "начало"),
            ),
            Column(
                "date_to",
                self.env._("In force until"),
                aliases=("по", "до", "действует до", "конец"),
            ),
            Column("note", self.env._("Ground"), aliases=("основание", "примечание")),
        ]
