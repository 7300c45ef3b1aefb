# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Notices of the demo city: what is off, what will be, what is late, what is over."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tools import SQL

from .tables import read_table

# Published as if it were to end so much later; the true term is set afterwards.
FAR = timedelta(days=40)


def load_notices(env, participants, keeper):
    """Enter notices of every type and state.

    :param participants: dict code → res.partner.
    :param keeper: the user who entered them.
    """
    now = fields.Datetime.now().replace(second=0, microsecond=0)
    services = {one.code: one for one in env["gorod24.notice.service"].search([])}
    city = env["gorod24.address"].search([("level", "=", "city")], limit=1)
    notices = env["gorod24.notice"]
    for row in read_table("notices"):
        notice = notices.with_user(keeper).create(
            {
                "name": row["name"],
                "type": row["type"],
                "cause": row["cause"],
                "text": row["text"],
                "service_id": services[row["service"]].id,
                "participant_id": participants[row["source"]].id,
                **_moments(row, now),
            }
        )
        _add_places(notice, row["places"], city)
        if row["state"] != "draft":
            _publish(notice, row, now)
        notices |= notice
    return notices


def _at(now, hours):
    return now + timedelta(hours=int(hours))


def _moments(row, now):
    begin, end = _at(now, row["begin"]), _at(now, row["end"])
    if row["type"] == "planned":
        return {"planned_from": begin, "planned_to": end}
    return {"actual_from": begin, "expected_at": end}


def _add_places(notice, places, city):
    if places == city.name:
        line = {"kind": "city", "address_id": city.id}
        notice.place_ids = [Command.create(line)]
    else:
        notice.add_places(places)


def _publish(notice, row, now):
    """Publish in the past: the moments are those of the story.

    sudo: nobody else names the moments of what is done by methods.
    """
    begin, end = _at(now, row["begin"]), _at(now, row["end"])
    past = notice.sudo()
    past.write({"planned_to": False, "expected_at": now + FAR})
    notice.action_publish()
    if row["moved"]:
        was = _at(now, row["was"])
        past.expected_at = was
        notice.action_prolong(now + FAR, row["moved"])
        move, env = past.prolongation_ids, past.env
        env.flush_all()
        env.cr.execute(
            SQL(
                "UPDATE gorod24_notice_prolongation SET new_at = %s, at = %s"
                " WHERE id = %s",
                end,
                min(was, now) - timedelta(minutes=20),
                move.id,
            )
        )
        move.invalidate_recordset()
    moments = {"expected_at": end, "published_at": min(begin, now)}
    if row["type"] == "planned":
        moments["planned_to"] = end
    past.write(moments)
    if row["state"] == "finished":
        past.action_finish(end)
