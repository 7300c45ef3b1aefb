# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.fields import Command

QUEUE = "Горячая линия"
HOTLINE = "6024"
REASONS = ("wrong_number", "silence", "prank", "broken", "internal")
# One talk in so many has neither an appeal nor a reason: the ledger is not empty.
FORGOTTEN = 60


def load_calls(env, rng, calls, questions, operators, to_utc):
    """Create past calls: those that became appeals and those that did not."""
    vals_list = [_call_vals(rng, call, questions, operators, to_utc) for call in calls]
    return env["gorod24.call"].create(vals_list)


def _call_vals(rng, call, questions, operators, to_utc):
    question = questions[call["story"]] if call["story"] is not None else None
    start = to_utc(call["at"])
    answer = start + timedelta(seconds=call["wait"])
    end = answer + timedelta(seconds=call["talk"])
    operator = question.operator_id if question else rng.choice(operators)
    number = (
        question.phone_e164 if question else f"+7913{rng.randint(10**6, 10**7 - 1)}"
    )
    return {
        "direction": "in",
        "number_raw": number.replace("+7", "8"),
        "number_e164": number,
        "partner_id": question.partner_id.id if question else False,
        "user_id": operator.id,
        "extension": operator.telephony_extension,
        "queue": QUEUE,
        "dialed_number": HOTLINE,
        "state": "ended",
        "result": "missed" if call["missed"] else "answered",
        "started_at": start,
        "answered_at": False if call["missed"] else answer,
        "ended_at": end,
        "wait_seconds": call["wait"],
        "talk_seconds": call["talk"],
        "appeal_ids": [Command.link(question.appeal_id.id)] if question else [],
        **_after_talk(call, question, operator, end),
    }


def _after_talk(call, question, operator, end):
    """What the operator did when the talk was over."""
    if call["missed"]:
        return {}
    mark = int(end.timestamp())
    vals = {"work_seconds": 10 + mark % 40}
    if not question and mark % FORGOTTEN:
        vals.update(
            profile="no_card",
            no_card_reason=REASONS[mark % len(REASONS)],
            no_card_by_id=operator.id,
            no_card_at=end,
        )
    return vals
