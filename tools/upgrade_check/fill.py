# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Runs in `odoo shell` of an earlier day: questions in every state, a customer's edits.

`env` is given. The doors used are those of the first landed slice; what came later is
tried where the model of that day has it. A step that fails breaks the fill off: a
database that lacks a state proves nothing.
"""

import base64
import io
import wave
from datetime import timedelta

from odoo import fields
from odoo.fields import Command

env = env(context=dict(env.context, lang="ru_RU", tz="Asia/Barnaul"))  # noqa: F821
NOW = fields.Datetime.now().replace(microsecond=0)
TODAY = fields.Date.context_today(env["res.users"])
USERS = env["res.users"].search([])
OPERATOR = USERS.filtered(lambda user: user.login == "operator")
SUPERVISOR = USERS.filtered(lambda user: user.login == "supervisor")
CARD = env["gorod24.caller.card"].with_user(OPERATOR)
HOUSES = env["gorod24.building"].search([], limit=40, order="id")
COUNTER = iter(range(1, 10000))


def has(model, *methods):
    return model in env and all(hasattr(env[model], name) for name in methods)


def routed(regime):
    """A topic of a regime that somebody answers for, and the house."""
    topics = env["helpdesk.ticket.category"].search(
        [("regime_code", "=", regime), ("is_topic", "=", True)], order="id"
    )
    for topic in topics:
        for house in HOUSES[:10]:
            route = env["gorod24.competence"]._route(topic, building=house)
            if route["participant_id"] and route.get("section_id"):
                return topic, house
    return topics[:1], HOUSES[:1]


SPOTS = {regime: routed(regime) for regime in ("HOT", "EMRG", "R59", "INFO")}


def question(regime="HOT", **more):
    topic, house = SPOTS[regime]
    number = next(COUNTER)
    values = {
        "person_name": f"Обновляева Анна {number}",
        "number": f"8385277{number:04d}",
        "building_id": house.id,
        "flat": str(number),
        "questions": [{"topic_id": topic.id, "text": f"Слова гражданина № {number}"}],
    }
    saved = CARD.register(values | more)
    return env["gorod24.question"].browse(saved["questions"][0]["id"])


def work(one):
    return one.referral_id.with_user(OPERATOR)


def reported(regime="HOT", **more):
    one = question(regime, **more)
    work(one).action_accept()
    work(one).action_done("Сделано, батареи тёплые", "fixed")
    return one


def duty(one):
    return one.informing_ids.filtered(lambda it: it.state == "due").with_user(OPERATOR)


def states_of_work():
    question()
    work(question("EMRG")).action_accept()
    work(question()).action_plan(NOW + timedelta(days=1), "с 9 до 12, будьте дома")
    work(question()).action_refuse("Не наш дом")
    again = question()
    work(again).action_refuse("Не наш участок")
    other = env["res.partner"].search([("is_participant", "=", True)], limit=5)
    other -= again.participant_id
    with_people = env["gorod24.section"].search(
        [("participant_id", "in", other.ids)], limit=1
    )
    again.with_user(OPERATOR).action_send(
        with_people.participant_id.id, with_people.id, "Выбрано по телефону"
    )
    question("INFO")
    draft = question()
    # nobody leaves a draft by the card; the base had the state from the first day
    vals = {"state": "draft", "position": 2, "name": f"{draft.appeal_id.number}/2"}
    vals |= {"registered_at": False, "sent_at": False, "referral_id": False}
    draft.sudo().copy(vals)


def states_of_informing():
    reported()
    tried = reported()
    for disposition in ("no_answer", "busy"):
        duty(tried).record_attempt(disposition)
    for disposition in ("wrong_number", "refused"):
        duty(reported()).record_attempt(disposition)
    asked = reported()
    duty(asked).record_attempt("call_back", call_back_at=NOW + timedelta(days=2))
    duty(reported()).record_attempt("reached", "yes", "Спасибо")
    duty(reported()).record_attempt("reached", "partly", "Не везде")
    duty(reported()).record_attempt("reached", "no", "Опять холодно")
    lost = reported()
    duty(lost).record_attempt("no_answer")
    if duty(lost):
        duty(lost).with_user(SUPERVISOR).action_give_up(
            *["Уехал"] * bool(has("gorod24.informing", "_on_unreachable"))
        )
    silent = reported("HOT", number="")
    assert silent.state


def terms():
    paused = question()
    paused.sudo()._clock_pause("execution", "Ждём запчасть", NOW - timedelta(hours=3))
    resumed = question("R59")
    resumed.sudo()._clock_pause("execution", "Запрос", NOW - timedelta(hours=2))
    resumed.sudo()._clock_resume("execution", NOW - timedelta(hours=1))
    longer = question("R59")
    target = longer.execution_due + timedelta(days=5)
    longer.sudo()._clock_extend("execution", target, "Сложный случай", TODAY)
    late, excused = question(), question()
    for one in late | excused:
        env.flush_all()
        env.cr.execute(
            """UPDATE gorod24_clock SET start = start - interval '40 days',
                      target = target - interval '40 days'
                WHERE res_model = 'gorod24.question' AND res_id = %s""",
            [one.id],
        )
        env.cr.execute(
            """UPDATE gorod24_question SET accept_due = accept_due - interval '40 days',
                      execution_due = execution_due - interval '40 days'
                WHERE id = %s""",
            [one.id],
        )
        env.invalidate_all()
    env["gorod24.clock"]._cron_sweep() if has("gorod24.clock", "_cron_sweep") else None
    excused.sudo()._clock_excuse("execution", "Паводок")
    missed = reported()
    missed.sudo()._clock_excuse("execution", "Нечего снимать")


def flow_of_later_days():
    """Doors that were opened after the first landing."""
    model = "gorod24.question"
    if not has(model, "action_withdraw"):
        return
    question().with_user(OPERATOR).action_withdraw("Сам починил")
    lead, double = question(), question()
    double.with_user(OPERATOR).action_close("duplicate", "То же", lead.id)
    joined = question()
    joined.with_user(OPERATOR).action_close("joined_notice", "", lead.id)
    question().with_user(OPERATOR).action_decline_informing("Не звонить")
    back = reported()
    back.with_user(SUPERVISOR).action_rework("Нет фотографии")
    closed = reported()
    duty(closed).record_attempt("reached", "yes")
    closed.with_user(OPERATOR).action_reopen("Снова течёт")
    outside = question("R59")
    outside.with_user(SUPERVISOR).action_forward_outside(
        "Прокуратура", TODAY, number="15-к"
    )
    hands_of_later_days()


def hands_of_later_days():
    """A co-executor, a pause, a merge of persons, a card left unfinished."""
    co = question()
    helpers = env["gorod24.section"].search(
        [("participant_id", "!=", co.participant_id.id)], limit=1
    )
    co.with_user(OPERATOR).action_add_co(
        helpers.participant_id.id, helpers.id, "Вдвоём"
    )
    question().with_user(OPERATOR).action_pause_term("execution", "Нет доступа")
    reference_data_of_later_days()
    merged = env["gorod24.merge"].with_user(SUPERVISOR)
    first, second = question().appeal_id.partner_id, question().appeal_id.partner_id
    merged._merge(first.with_user(SUPERVISOR), second.with_user(SUPERVISOR))
    drafts = env["gorod24.card.draft"].with_user(OPERATOR)
    payload = {"text": "Недописанное"}
    drafts.save_draft(
        {
            "uid": "11111111-2222-4333-8444-555555555555",
            "key": "new",
            "title": "Черновик",
            "payload": payload,
            "version": 0,
            "force": False,
        }
    )


def reference_data_of_later_days():
    """Answers, absences, agreements of the customer."""
    section = env["gorod24.section"].search([("member_ids", "!=", False)], limit=1)
    participant = section.participant_id
    env["gorod24.agreement"].create(
        {
            "participant_id": participant.id,
            "number": "17-с",
            "date": "2020-01-10",
            "valid_from": "2020-01-10",
            "valid_to": "2020-12-31",
            "field_ids": [Command.set(env["gorod24.agreement.field"].search([]).ids)],
        }
    )
    answer = env["gorod24.answer"].create(
        {
            "name": "Когда дадут тепло",
            "text": "Отопление включат до 5 октября.",
            "owner_id": participant.id,
            "topic_ids": [Command.set(SPOTS["INFO"][0].ids)],
        }
    )
    assert answer.exists()
    env["gorod24.navigator"].create({"name": "МФЦ на Ленина", "what": "Паспорт"})


def sound(tone):
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(8000)
        out.writeframes(bytes([128 + tone]) * 8000)
    return buffer.getvalue()


def event(kind, second, dialog, **more):
    at = (NOW - timedelta(minutes=30) + timedelta(seconds=second)).isoformat()
    data = {
        "event_id": f"old-{dialog}-{kind}-{second}",
        "source": "test",
        "type": f"call.{kind}",
        "at": f"{at}Z",
        "refs": [{"system": "test", "kind": "dialog", "value": dialog}],
        "direction": "in",
        "remote_number": "83852770002",
        "queue": "Hotline",
    }
    if more.pop("agent", True):
        data["agent"] = {
            "id": OPERATOR.telephony_agent_id,
            "extension": OPERATOR.telephony_extension,
        }
    return data | more


def feed(*events):
    Event = env["gorod24.call.event"]
    for one in events:
        status, error = Event._accept(one)
        assert status == "accepted", error
    return Event.search([("event_id", "=", events[-1]["event_id"])]).call_id


def calls():
    talk = feed(
        event("ringing", 0, "old-1"),
        event("answered", 5, "old-1"),
        event("held", 20, "old-1"),
        event("retrieved", 30, "old-1"),
        event("ended", 65, "old-1", end_reason="normal"),
    )
    question("HOT", number="83852770002", call_id=talk.id)
    feed(
        event("ringing", 100, "old-2"),
        event("answered", 105, "old-2"),
        event("ended", 165, "old-2", end_reason="normal"),
    )
    feed(
        event("ringing", 200, "old-3", remote_number="83852990011"),
        event(
            "ended", 230, "old-3", remote_number="83852990011", end_reason="abandoned"
        ),
    )
    recording = env["gorod24.recording"]
    for number, dialog, second in ((1, "old-1", 5), (2, "old-9", 9000)):
        at = NOW - timedelta(minutes=30) + timedelta(seconds=second)
        recording._import(
            {
                "version": 1,
                "recorder": "test-rec",
                "recording_id": f"OLD-{number}",
                "started_at": f"{at.isoformat()}Z",
                "duration_s": 60,
                "direction": "in",
                "agent_extension": OPERATOR.telephony_extension,
                "remote_number": "83852770002",
                "refs": {"dialog_id": dialog},
                "segment": 1,
            },
            sound(number),
        )


def customer_edits():
    """Shipped records a customer has made his own, and records of his."""
    admin = env["res.users"].browse(2)
    mine = env(user=admin)
    topic = mine["helpdesk.ticket.category"].browse(SPOTS["HOT"][0].id)
    topic.write({"name": "Холод в квартире (правка заказчика)"})
    topic.write({"synonyms": "холодрыга\nмёрзнем", "script": "Спросите этаж."})
    group = topic.parent_id
    mine["helpdesk.ticket.category"].create(
        {
            "name": "Своя тема заказчика",
            "code": "OWN-1",
            "parent_id": group.id,
            "classifier_id": topic.classifier_id.id,
            "regime_code": "HOT",
            "is_topic": True,
        }
    )
    edits_of_terms(mine)
    edits_of_places(mine)


def edits_of_terms(mine):
    """A regime and a day off of the customer's own."""
    regime = mine["gorod24.regime"].search([("code", "=", "HOT")])[:1]
    own = regime.copy({"code": "HOT-OWN"})
    own.write({"name": "Свой режим заказчика"})
    own.rule_ids[:1].write({"amount": 7})
    if "is_shipped" not in regime._fields:
        # shipped regimes could be edited then
        law = mine["gorod24.regime"].search([("code", "=", "R59")])
        law.rule_ids[:1].write({"legal_basis": "Постановление мэра"})
    year = mine["gorod24.production.calendar"].search([], order="year desc", limit=1)
    mine["gorod24.production.day"].create(
        {"calendar_id": year.id, "date": f"{year.year}-03-05", "kind": "off"}
    )


def edits_of_places(mine):
    """Names the customer has given, a house, a paper, an answer."""
    section = mine["gorod24.section"].search([], limit=1)
    section.write({"name": f"{section.name} (переименован)"})
    channel = mine.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone")
    channel.write({"name": "Звонок на 072"})
    mine.company.write({"name": "Администрация заказчика"})
    street = mine["gorod24.address"].search([("level", "=", "street")], limit=1)
    street.write({"name": "Заказчикова"})
    mine["gorod24.building"].create({"street_id": street.id, "house": "777"})
    mine["ir.config_parameter"].set_param("gorod24.timezone", "Asia/Barnaul")
    mine["ir.attachment"].create(
        {
            "name": "Письмо заказчика.pdf",
            "datas": base64.b64encode("бумага".encode()),
            "res_model": "helpdesk.ticket",
            "res_id": env["gorod24.question"].search([], limit=1).appeal_id.id,
        }
    )
    if has("gorod24.answer"):
        answer = mine["gorod24.answer"].search([], limit=1)
        if answer:
            answer.sudo().write({"name": f"{answer.name} (правка)"})


states_of_work()
states_of_informing()
terms()
flow_of_later_days()
calls()
customer_edits()
env.flush_all()
