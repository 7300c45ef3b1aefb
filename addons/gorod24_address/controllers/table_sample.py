# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TableSample(http.Controller):
    @http.route("/gorod24/import/sample/<string:model>", auth="user", readonly=True)
    def download_sample(self, model):
        """An empty sheet with the columns of an import, for those who may import.

        :param model: technical name of a wizard built on `gorod24.table.import`
        :raise NotFound: when it is no such wizard
        """
        pool = request.env.registry
        base = pool["gorod24.table.import"]
        if model not in pool or not issubclass(pool[model], base):
            raise request.not_found()
        wizard = request.env[model]
        if wizard._abstract:
            raise request.not_found()
        wizard.check_access("create")
        filename, content = wizard._get_sample()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", http.content_disposition(filename)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
