# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""«Порядок в справочниках»: what curators have to put right, counted quickly.

A check is a domain: its count stands on the page, a click opens the list. Other addons
add theirs: ``return super()._get_checks() + [{…}]``.
"""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

SEVERITIES = ("danger", "warning", "info")


class Gorod24ReferenceHealth(models.AbstractModel):
    _name = "gorod24.reference.health"
    _description = "Health of the Reference Data"

    @api.model
    def _get_checks(self):
        """The checks. Hook.

        :return: list of dict(code, title, hint, model, domain, severity (danger,
            warning or info)) and, if wanted, area (participants, topics, addresses,
            answers: the icon) and action (xmlid: its views show the list)
        """
        return [
            *self._get_participant_checks(),
            *self._get_people_checks(),
            *self._get_topic_checks(),
            *self._get_address_checks(),
            *self._get_answer_checks(),
        ]

    @api.model
    @api.readonly
    def get_report(self):
        """Counts of all checks the user may look at, the worst first.

        :return: list of dict(code, title, hint, severity, area, count)
        """
        self._check_curator()
        rows = []
        for check in self._get_checks_by_code().values():
            Model = self.env[check["model"]]
            if not Model.has_access("read"):
                continue
            rows.append(
                {
                    "code": check["code"],
                    "title": check["title"],
                    "hint": check["hint"],
                    "severity": check["severity"],
                    "area": check.get("area", ""),
                    "count": Model.search_count(Domain(check["domain"])),
                }
            )
        rows.sort(key=lambda row: (SEVERITIES.index(row["severity"]), -row["count"]))
        return rows

    @api.model
    def open_check(self, code):
        """The action that lists what a check has found."""
        self._check_curator()
        checks = self._get_checks_by_code()
        if code not in checks:
            raise UserError(self.env._("There is no such check any more."))
        check = checks[code]
        action = {
            "type": "ir.actions.act_window",
            "res_model": check["model"],
            "views": [(False, "list"), (False, "form")],
            "context": {},
        }
        if check.get("action"):
            action = self.env["ir.actions.act_window"]._for_xml_id(check["action"])
            action.pop("path", None)
            views = [v for v in action["views"] if v[1] in ("list", "form")]
            action["views"] = views or [(False, "list"), (False, "form")]
        return {
            **action,
            "name": check["title"],
            "view_mode": "list,form",
            "domain": list(Domain(check["domain"])),
            # The filters of the list's own menu would hide what was found.
            "context": {"active_test": False} if check.get("archived") else {},
            "help": False,
        }

    @api.model
    def _get_checks_by_code(self):
        """The checks by code; of two of one code the later added stands."""
        return {check["code"]: check for check in self._get_checks()}

    @api.model
    def _check_curator(self):
        if not self.env.user.has_group("gorod24_classifier.group_classifier_curator"):
            raise AccessError(
                self.env._("The order of the reference data is the curators' work.")
            )

    @api.model
    def _get_today(self):
        return self.env["gorod24.section.member"]._get_today()
