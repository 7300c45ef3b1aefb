# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the course of an appeal, newest first, made of many tables."""

from collections.abc import Callable
from dataclasses import dataclass

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..chronicle import Mark, conditions_before, newest, read_mark

LIMIT = 30
MODELS = ("helpdesk.ticket", "gorod24.question")


@dataclass(frozen=True)
class Source:
    """One kind of lines: rows of a table, dated by one of its fields.

    :param rank: place among lines of the same second, unique; later in life is more
    :param kind: the chip that filters it, see ``_get_kinds``
    :param show: row → dict of what differs from the defaults of ``_show``
    :param group: needed to see it, besides the right to read the model
    """

    rank: int
    kind: str
    model: str
    moment: str
    domain: list
    show: Callable
    group: str = ""


class Timeline(models.AbstractModel):
    """All that happened to an appeal, for the staff of the hotline.

    An addon adds its lines by extending ``_get_entries`` or, easier, ``_get_sources``.
    Each table is asked once a page by its index, whatever the length of the story, and
    with the rights of the reader: what he may not read is not there.
    """

    _name = "gorod24.timeline"
    _description = "Course of an appeal"

    @api.model
    def page(self, model, record_id, kinds=None, before=None, limit=LIMIT):
        """Return one page of the course of an appeal or of one of its questions.

        :param kinds: names of kinds to show, all when empty
        :param before: "next" of the page before, None for the first
        :return: dict(entries=[dict(key, at, kind, icon, tone, title, text, author,
            link)], next, kinds=[dict(id, label, icon)]); moments are ISO
            in UTC, "next" is False on the last page
        :raises AccessError: to others than the staff
        """
        appeal, questions = self._get_scope(model, record_id)
        limit = max(1, min(int(limit), 100))
        try:
            mark = read_mark(before)
        except ValueError as error:
            raise UserError(
                self.env._("Open the course of the appeal anew.")
            ) from error
        scope = self.with_context(
            timeline_questions=questions.ids,
            timeline_whole=model == "helpdesk.ticket",
            timeline_kinds=kinds or None,
        )
        entries, more = newest(scope._get_entries(appeal, limit, mark), limit)
        return {
            "entries": [entry for _mark, entry in entries],
            "next": entries[-1][0].as_json() if more else False,
            "kinds": self._get_shown_kinds(),
        }

    def _get_refusal(self):
        return UserError(self.env._("Open the course of the appeal anew."))

    def _get_scope(self, model, record_id):
        staff = "gorod24_appeals.group_operator,gorod24_appeals.group_manager"
        if not self.env.user.has_groups(staff):
            raise AccessError(self.env._("The course is shown to the staff only."))
        if model not in MODELS:
            raise self._get_refusal()
        record = self.env[model].with_context(active_test=False).browse(record_id)
        record.check_access("read")
        if model == "helpdesk.ticket":
            return record, record.question_ids
        return record.appeal_id, record

    def _get_entries(self, appeal, limit, before=None):
        """Return at least the ``limit + 1`` newest lines after a mark. Hook.

        The questions shown are in ``_get_questions``.

        :param before: :class:`~..chronicle.Mark` or None
        :return: list of pairs (Mark, entry), in any order
        """
        entries = []
        for source in self._get_sources(appeal):
            if self._is_wanted(source):
                entries += self._read_source(source, limit, before)
        return entries

    def _get_sources(self, appeal):
        """Return the tables the course is made of. Hook; ranks must be unique."""
        return []

    @api.model
    def _get_kinds(self):
        """Return the chips: {kind: (label, icon)}, in the order shown. Hook."""
        return {
            "state": (self.env._("States"), "fa-flag-o"),
            "referral": (self.env._("Participants"), "fa-building-o"),
            "clock": (self.env._("Terms"), "fa-clock-o"),
            "informing": (self.env._("Informing"), "fa-bullhorn"),
            "message": (self.env._("Messages"), "fa-envelope-o"),
            "view": (self.env._("Who saw it"), "fa-eye"),
        }

    def _get_shown_kinds(self):
        supervises = self.env.user.has_group("gorod24_appeals.group_supervisor")
        return [
            {"id": kind, "label": label, "icon": icon}
            for kind, (label, icon) in self._get_kinds().items()
            if kind != "view" or supervises
        ]

    # Tools of the sources ----------------------------------------------------------

    def _get_questions(self):
        """The questions whose course is shown."""
        return self.env["gorod24.question"].browse(
            self.env.context["timeline_questions"]
        )

    def _is_whole(self):
        """Whether the whole appeal is shown, not one of its questions."""
        return self.env.context["timeline_whole"]

    def _is_wanted(self, source):
        kinds = self.env.context.get("timeline_kinds")
        return (
            (not kinds or source.kind in kinds)
            and self.env[source.model].has_access("read")
            and (not source.group or self.env.user.has_group(source.group))
        )

    def _read_source(self, source, limit, before):
        domain = [
            *source.domain,
            (source.moment, "!=", False),
            *conditions_before(source.moment, source.rank, before),
        ]
        rows = (
            self.env[source.model]
            .with_context(active_test=False)
            .search(domain, order=f"{source.moment} desc, id desc", limit=limit + 1)
        )
        entries = []
        for row in rows:
            mark = Mark(row[source.moment].replace(microsecond=0), source.rank, row.id)
            entries.append((mark, self._show(source, row, mark)))
        return entries

    def _show(self, source, row, mark):
        """Return one line as the browser gets it."""
        entry = {
            "key": f"{source.rank}-{row.id}",
            "at": f"{mark.at.isoformat()}Z",
            "kind": source.kind,
            "icon": self._get_kinds()[source.kind][1],
            "tone": "secondary",
            "title": "",
            "text": "",
            "author": "",
            "link": False,
        }
        return entry | source.show(row)

    def _when(self, moment):
        """A moment (naive UTC) in the time of the service, for a sentence."""
        local = self.env["gorod24.clock"]._to_local(moment)
        return local.strftime("%d.%m.%Y %H:%M") if local else ""

    def _label(self, record, field):
        labels = dict(record._fields[field]._description_selection(self.env))
        return labels.get(record[field], "")

    def _of_question(self, question):
        """What a line says of the question it belongs to."""
        if not self._is_whole() or len(self._get_questions()) < 2:
            return {}
        return {"link": self._link(question, question.name)}

    def _link(self, record, label):
        """What a press on ``label`` opens."""
        return {"model": record._name, "id": record.id, "label": label}
