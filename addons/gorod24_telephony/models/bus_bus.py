# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.bus.models.bus import TIMEOUT, channel_with_db, json_dump


class BusBus(models.Model):
    """Messages of the bus are found by their channel.

    When three hundred telephones ring, three hundred browsers ask for their messages in
    the same second: each would look through all messages of all others.
    """

    _inherit = "bus.bus"

    _channel_idx = models.Index("(channel, id)")

    @api.model
    def _poll(self, channels, last=0, ignore_ids=None):
        """Return the messages of ``channels`` after ``last``, as the base does.

        In one plain query: the web client's channels were checked when it subscribed,
        and there is nothing else the ORM could add.
        """
        newer = SQL("id > %s", last)
        if last == 0:
            since = fields.Datetime.now() - timedelta(seconds=TIMEOUT)
            newer = SQL("create_date > %s", since)
        names = [json_dump(channel_with_db(self.env.cr.dbname, c)) for c in channels]
        self.flush_model(["channel", "message"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id, message FROM bus_bus WHERE channel = ANY(%s) AND %s"
                " AND id != ALL(%s::int[]) ORDER BY id",
                names,
                newer,
                list(ignore_ids or ()),
            )
        )
        return [{"id": number, "message": json.loads(text)} for number, text in rows]
