# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: a topic ends: who follows it, what it leaves, why it may not vanish."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: Reference data that names topics and can be handed to the successor; what is not
#: installed is left out.
FOLLOWING = (
    ("gorod24.competence", "topic_id"),
    ("gorod24.answer", "topic_ids"),
    ("gorod24.navigator", "topic_ids"),
)


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    def _get_current(self):
        """The topic that stands for this one today: the end of its successors."""
        self.ensure_one()
        topic, seen = self, set()
        while topic.replaced_by_id and topic.id not in seen:
            seen.add(topic.id)
            topic = topic.replaced_by_id
        return topic

    def _count_open_uses(self):
        """How many cases with these topics are not closed. Addons add their own."""
        # The curator need not see the appeals; only their number is shown.
        return (
            self.env["helpdesk.ticket"]
            .sudo()
            .search_count([("category_id", "in", self.ids), ("closed", "=", False)])
        )

    def _get_branch(self):
        """These nodes with all below them, archived ones too."""
        return self.with_context(active_test=False).search(
            Domain("id", "child_of", self.ids)
        )

    def _get_following(self):
        """{model: records} of the reference data that names these topics."""
        result = {}
        for model, name in FOLLOWING:
            if model in self.env and name in self.env[model]._fields:
                result[model] = self.env[model].search([(name, "in", self.ids)])
        return result

    def _is_in_use(self):
        """Whether archiving these would leave something without a topic."""
        if self.child_id:  # active ones only
            return True
        return bool(self._count_open_uses()) or any(self._get_following().values())

    def _hand_over(self, successor):
        """Give competence rules, answers and mappings of these to the successor.

        :return: number of records changed
        """
        changed = 0
        for model, records in self._get_following().items():
            name = dict(FOLLOWING)[model]
            if self.env[model]._fields[name].type == "many2one":
                records.write({name: successor.id})
            else:
                for record in records:
                    record[name] = record[name] - self | successor
            changed += len(records)
        mapped = self.with_context(active_test=False).search(
            [("maps_to_ids", "in", self.ids)]
        )
        for topic in mapped - successor:
            topic.maps_to_ids = topic.maps_to_ids - self | successor
        return changed + len(mapped)

    def action_archive(self):
        """Archive what nobody uses; for a used topic ask who follows it."""
        used = self.filtered("active")
        if not used or not used._is_in_use():
            return super().action_archive()
        if len(used) == 1:
            return used.action_archive_with_successor()
        named = used.filtered(lambda topic: topic._is_in_use())
        raise UserError(
            self.env._(
                "Still in use: %(topics)s. Archive these one by one and name the"
                " successor of each.",
                topics=", ".join(f"“{name}”" for name in named[:5].mapped("name"))
                + ("…" if len(named) > 5 else ""),
            )
        )

    def action_unarchive(self):
        """A topic that lives again has no successor."""
        result = super().action_unarchive()
        self.replaced_by_id = False
        return result

    def action_archive_with_successor(self):
        """Open the window in which the successor is chosen."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Archive “%(topic)s”", topic=self.name),
            "res_model": "gorod24.topic.archive",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_topic_id": self.id},
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        """Parents take their children with them, so the whole branch is looked at."""
        branch = self._get_branch()
        kept = branch._read_references()
        if not kept:
            return
        names = ", ".join(f"{label}: {count}" for label, count in kept.items())
        raise UserError(
            self.env._(
                "“%(topic)s” cannot be deleted, it is referred to (%(names)s). Archive"
                " it instead: what was registered keeps its topic.",
                topic=self[:1].name,
                names=names,
            )
        )

    def _read_references(self):
        """{description of the model: number of records that name these topics}."""
        kept = {}
        # Whoever may delete a topic need not see everything that names it; only
        # the numbers are shown.
        for model, names in self._get_referring_fields().items():
            domain = Domain.OR(Domain(name, "in", self.ids) for name in names)
            records = self.env[model].sudo().with_context(active_test=False)
            if model == self._name:
                domain &= Domain("id", "not in", self.ids)
            if count := records.search_count(domain):
                kept[self.env["ir.model"]._get(model).sudo().name] = count
        return kept

    @api.model
    def _get_referring_fields(self):
        """{model: its stored fields that name topics}, of every installed addon."""
        result = {}
        for model in self.env.registry.values():
            if model._abstract or model._transient or not model._auto:
                continue
            names = [
                name
                for name, field in model._fields.items()
                if field.comodel_name == self._name
                and field.type in ("many2one", "many2many")
                and field.store
                and not field.compute
                and not (model._name == self._name and name == "parent_id")
            ]
            if names:
                result[model._name] = names
        return result
