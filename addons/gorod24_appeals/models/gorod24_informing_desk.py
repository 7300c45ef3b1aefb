# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..phone_number import pretty

QUEUE_LIMIT = 40
COUNT_LIMIT = 1000
# Duties read of those without person and number, who are told by appeals.
NAMELESS_LIMIT = 200
# Results of one citizen shown at once; more of them is a mistake of somebody's.
ITEM_LIMIT = 30
ATTEMPTS_SHOWN = 6


class InformingDesk(models.AbstractModel):
    """All that the screen for telling results asks of the server.

    A line of the queue is one citizen at one number, with all his results. Without
    person and number (an organisation that wrote, a collective) it is one appeal.
    """

    _name = "gorod24.informing.desk"
    _description = "Work place for informing"

    # What the browser calls -------------------------------------------------------

    @api.model
    def queue(self):
        """Return who is to be called now.

        :return: dict(rows, total, more, needs_contact, later, opens_at, mine): rows in
            the order of calling, promised calls first, each dict(phone, phone_display,
            partner_id, appeal_id (where nobody is known), name, count, due, overdue,
            call_back_at, holder, mine); ``opens_at`` is set while citizens may not be
            called; ``mine`` is the number this operator holds.
        """
        self._check_operator()
        now = fields.Datetime.now()
        rows = self._queue_rows(self._callable_domain(now))
        due = Domain("state", "=", "due")
        unreached = self._unreached_rows(due & Domain("needs_contact", "=", True))
        self._log_queue(rows[:QUEUE_LIMIT] + unreached[:QUEUE_LIMIT])
        opens_at = self._opens_at(now)
        total = self._count(self._callable_domain(now))
        return {
            "rows": rows[:QUEUE_LIMIT],
            "more": len(rows) > QUEUE_LIMIT,
            "total": total,
            "later": self._count(due & Domain("next_at", "!=", False)) - total,
            "needs_contact": unreached[:QUEUE_LIMIT],
            "opens_at": _iso(opens_at),
        }

    @api.model
    def take(self, phone=None, partner_id=None, skip=None, appeal_id=None):
        """Take a citizen for this operator and return all that is to be told to him.

        :param phone: E.164 of the citizen chosen on the list; with nothing chosen the
            next of the queue nobody has is taken.
        :param appeal_id: of a chosen line without person and number
        :param skip: numbers the operator has just put aside.
        :return: see ``_card``, or False when there is nobody left to call.
        :raises UserError: when another operator has the citizen chosen.
        """
        self._check_operator()
        Lease = self.env["gorod24.informing.lease"]
        if phone or partner_id or appeal_id:
            return self._take_chosen(phone, partner_id, appeal_id)
        Lease._release()
        skipped = set(skip) if isinstance(skip, list) else set()
        domain = self._callable_domain(fields.Datetime.now())
        domain &= Domain("phone_e164", "not in", [*skipped, *Lease._get_taken()])
        for row in self._queue_rows(domain):
            if row["holder"] and not row["mine"]:
                continue
            # sudo: nobody writes leases by hand, this is the door
            if Lease.sudo()._claim(row["phone"]):
                return self._card(row["phone"], row["partner_id"])
        return False

    @api.model
    def renew(self, phone):
        """Keep a citizen who is still being talked to; False when he was lost."""
        self._check_operator()
        holder = self.env["gorod24.informing.lease"]._holders([phone]).get(phone)
        if holder and holder != self.env.user:
            return False
        # sudo: as in take
        return _iso(self.env["gorod24.informing.lease"].sudo()._claim(phone))

    @api.model
    def release(self, phone=None):
        """Put a citizen back: the operator calls somebody else, or leaves."""
        self._check_operator()
        self.env["gorod24.informing.lease"]._release([phone] if phone else None)
        return True

    # Pieces -------------------------------------------------------------------------

    def _check_operator(self):
        if not self.env.user.has_group("gorod24_appeals.group_operator"):
            raise AccessError(self.env._("Only operators inform citizens."))

    @api.model
    def _callable_domain(self, now):
        """Duties whose citizen may be called at ``now``: outside the hours only those
        who asked for that very time."""
        domain = Domain("state", "=", "due") & Domain("next_at", "<=", now)
        if self._opens_at(now):
            # whoever has an accident waits for the crew at night as well
            asked = Domain("call_back_at", "!=", False) | Domain("purpose", "=", "plan")
            domain &= asked
        return domain

    @api.model
    def _opens_at(self, now):
        """Return when citizens may be called again, or False when they may now."""
        moment = self.env["gorod24.informing"]._next_call_moment(now)
        return moment if moment > now else False

    def _log_queue(self, rows):
        """Note whose names and numbers the queue has shown."""
        people = [row["partner_id"] for row in rows if row["partner_id"]]
        self.env["gorod24.appeal.view"]._log_list("queue", {"res.partner": people})

    def _count(self, domain):
        return self.env["gorod24.informing"].search_count(domain, limit=COUNT_LIMIT)

    def _queue_rows(self, domain, order="purpose:min, call_back_at:min, due:min"):
        """Return the lines: who waits for a crew, promised calls, then by due time."""
        groups = self.env["gorod24.informing"]._read_group(
            domain,
            ["phone_e164", "partner_id"],
            ["__count", "due:min", "call_back_at:min", "id:max", "purpose:min"],
            order=order,
            limit=QUEUE_LIMIT + 1,
        )
        holders = self.env["gorod24.informing.lease"]._holders(
            group[0] for group in groups if group[0]
        )
        return [self._row(group[:-1], holders) for group in groups]

    def _unreached_rows(self, domain):
        """Return the lines of those nobody can ring, the oldest first."""
        nameless = Domain("phone_e164", "=", False) & Domain("partner_id", "=", False)
        duties = self.env["gorod24.informing"].search(
            domain & nameless, limit=NAMELESS_LIMIT, order="due, id"
        )
        rows = self._queue_rows(domain & ~nameless, "due:min")
        for mine in duties.grouped(lambda duty: duty.question_id.appeal_id).values():
            group = (False, mine.partner_id, len(mine), mine[0].due, False, mine[0].id)
            rows.append(self._row(group, {}))
        return sorted(rows, key=lambda row: row["due"] or "~")

    def _row(self, group, holders):
        phone, partner, count, due, call_back_at, duty_id = group
        holder = holders.get(phone)
        appeal = self.env["helpdesk.ticket"]
        if not partner:
            duty = self.env["gorod24.informing"].browse(duty_id)
            appeal = duty.question_id.appeal_id
        return {
            "phone": phone or "",
            "phone_display": pretty(phone) or "",
            "partner_id": partner.id,
            "appeal_id": appeal.id,
            "name": partner.name or appeal._get_author_name(),
            "count": count,
            "due": _iso(due),
            "overdue": bool(due and due < fields.Datetime.now()),
            "call_back_at": _iso(call_back_at),
            "holder": holder.name if holder else "",
            "mine": bool(holder) and holder == self.env.user,
        }

    def _take_chosen(self, phone, partner_id, appeal_id=None):
        Lease = self.env["gorod24.informing.lease"]
        if phone:
            Lease._check_mine([phone])
        Lease._release()
        # sudo: as in take
        if phone and not Lease.sudo()._claim(phone):
            raise UserError(self.env._("Another operator has just taken this citizen."))
        return self._card(phone or False, partner_id, appeal_id)

    def _card(self, phone, partner_id, appeal_id=None):
        """Return all that is told to one citizen in one call.

        :return: dict(phone, phone_display, needs_contact, partner, appeal_id, items,
            attempts, lease_minutes), or False when everything has been told meanwhile.
        """
        domain = [
            ("state", "=", "due"),
            ("phone_e164", "=", phone),
            ("partner_id", "=", partner_id or False),
            "|",
            ("next_at", "!=", False),
            ("needs_contact", "=", True),
        ]
        if not (phone or partner_id):
            domain.append(("question_id.appeal_id", "=", appeal_id))
        duties = self.env["gorod24.informing"].search(domain, limit=ITEM_LIMIT)
        if not duties:
            return False
        partner, appeal = duties.partner_id, duties[0].appeal_id
        self.env["gorod24.appeal.view"]._log(duties.appeal_id, "informing")
        return {
            "phone": phone or "",
            "phone_display": pretty(phone) or "",
            "needs_contact": all(duties.mapped("needs_contact")),
            "partner": {
                "id": partner.id,
                "name": partner.name or appeal._get_author_name(),
                "address": appeal.address_text or "",
            },
            "appeal_id": False if partner else appeal.id,
            "items": [self._item(duty) for duty in duties],
            "attempts": self._attempts(duties),
            "lease_minutes": self.env["gorod24.informing.lease"]._minutes(),
        }

    def _item(self, duty):
        """Return one result to read aloud. Hook."""
        question = duty.question_id
        labels = dict(question._fields["outcome"]._description_selection(self.env))
        return {
            "id": duty.id,
            "question_id": question.id,
            "appeal_id": question.appeal_id.id,
            "name": question.name,
            "topic": question.topic_id.name or "",
            "place": question.place or "",
            "text": question.text or "",
            "registered_at": _iso(question.registered_at),
            "participant": question.participant_id.name or "",
            "purpose": duty.purpose,
            "result": duty._get_told_text(),
            "outcome": labels.get(question._get_told().outcome, ""),
            "due": _iso(duty.due),
            "overdue": duty.is_overdue,
            "repeated": question.period > 1,
            "letter_error": duty.letter_error or "",
            "files": [
                {
                    "id": file.id,
                    "name": file.name,
                    "is_image": (file.mimetype or "").startswith("image/"),
                }
                for file in question._get_told().result_file_ids
            ],
        }

    def _attempts(self, duties):
        attempts = self.env["gorod24.informing.attempt"].search(
            [("informing_id", "in", duties.ids)], limit=ATTEMPTS_SHOWN * len(duties)
        )
        labels = dict(attempts._fields["disposition"]._description_selection(self.env))
        seen, shown = set(), []
        for attempt in attempts:
            # One call about several results is one line here.
            key = attempt.call_uid or attempt.id
            if key not in seen and len(shown) < ATTEMPTS_SHOWN:
                seen.add(key)
                shown.append(
                    {
                        "id": attempt.id,
                        "at": _iso(attempt.at),
                        "disposition": labels[attempt.disposition],
                        "operator": attempt.user_id.name,
                        "note": attempt.note or "",
                    }
                )
        return shown


def _iso(moment):
    """Return a naive UTC datetime as ISO text with the zone, or False."""
    return f"{moment.isoformat(timespec='seconds')}Z" if moment else False
