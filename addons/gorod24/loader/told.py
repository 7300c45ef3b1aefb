# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What operators read aloud in the demo city: samples, said to be samples."""

from datetime import timedelta

from odoo.fields import Command

from .responsible import find_topics
from .tables import read_table

SAMPLE = "(образец)"


def load_answers(env, participants, approver):
    """Create standard answers and approve them.

    :param participants: dict code → res.partner.
    :param approver: user who approved them.
    """
    today = env["gorod24.service.time"]._get_service_today()
    keeper = env.ref("base.user_admin")
    Answer = env["gorod24.answer"].with_user(keeper)
    answers = Answer.create(
        [
            {
                "name": f"{row['name']} {SAMPLE}",
                "text": row["text"],
                "owner_id": participants[row["owner"]].id,
                "user_id": keeper.id,
                "keywords": row["keywords"],
                "topic_ids": [Command.set(find_topics(env, row["topics"]).ids)],
                "valid_to": today + timedelta(days=int(row["days"])),
            }
            for row in read_table("answers")
        ]
    )
    answers.action_submit()
    answers.with_user(approver).action_approve()
    return answers


def load_navigator(env):
    """Create the services citizens apply to themselves."""
    today = env["gorod24.service.time"]._get_service_today()
    return env["gorod24.navigator"].create(
        [
            {
                "name": f"{row['name']} {SAMPLE}",
                "what": row["what"],
                "organisation": row["organisation"],
                "address_text": row["address"],
                "phones": row["phones"],
                "hours_text": row["hours"],
                "closed_on_holidays": row["hours"] != "круглосуточно",
                "how_to_apply": row["how"],
                "documents": row["documents"],
                "keywords": row["keywords"],
                "topic_ids": [Command.set(find_topics(env, row["topics"]).ids)],
                "checked_at": today,
            }
            for row in read_table("navigator")
        ]
    )
