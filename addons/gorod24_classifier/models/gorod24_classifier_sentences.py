# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: what is wrong with a row of a classifier, said to a person."""

from odoo import models

from odoo.addons.gorod24_address.tabular import Problem

SHOWN = 5


class Gorod24Classifier(models.Model):
    _inherit = "gorod24.classifier"

    def _make_problem(self, row, column, value, sentence):
        return Problem(row, column, value or "", sentence)

    def _explain_code(self, code):
        """A sentence for a refused national code, with the guess what was meant."""
        _ = self.env._
        if code.error == "footnote" and code.guess:
            return _(
                "A footnote is glued to the code: it looks like %(guess)s with"
                " footnote %(footnote)s.",
                guess=code.guess,
                footnote=code.footnote,
            )
        sentences = {
            "empty": _("The row has no code."),
            "footnote": _("A footnote is glued to the code."),
            "digits": _("Every group of the code must have exactly four digits."),
            "groups": _(
                "The code must have four groups of four digits, five for a"
                " sub-question; a higher node is filled up with 0000."
            ),
            "gap": _("A group of zeros cannot stand before a filled group."),
            "zero": _("The first group of the code cannot be 0000."),
            "format": _(
                "This is no code: four groups of four digits parted by full stops"
                " are expected, for example 0005.0005.0056.1147."
            ),
        }
        sentence = sentences[code.error]
        if code.guess:
            guess = _("It looks like %(guess)s.", guess=code.guess)
            sentence = f"{sentence} {guess}"
        return sentence

    def _explain_trouble(self, error, values):
        """A sentence for a trouble of the tree of rows."""
        _ = self.env._
        sentences = {
            "double": _("The code stands in row %(first)s already."),
            "other_parent": _(
                "The parent does not fit the code: %(expected)s is above %(code)s."
            ),
            "no_parent": _(
                "There is no node with this code, neither in the file nor in the"
                " classifier."
            ),
            "loop": _("The parents run in a circle: the node stands below itself."),
            "too_deep": _(
                "Too deep: the classifier has %(depth)s levels"
                " (category, subcategory, fact)."
            ),
        }
        return sentences[error] % values

    def _explain_missing(self, code, numbers):
        """A sentence for a parent that the file lacks; `numbers`: rows that need it."""
        if len(numbers) == 1:
            return self.env._(
                "The parent %(code)s is neither in the file nor in the classifier.",
                code=code,
            )
        return self.env._(
            "The parent %(code)s is neither in the file nor in the classifier;"
            " rows that need it: %(count)s.",
            code=code,
            count=len(numbers),
        )

    def _explain_remark(self, name, values):
        """A sentence for what is odd but no error."""
        _ = self.env._
        sentences = {
            "shared_filled": _(
                "Sub-questions without a name, named from the shared list: %(count)s."
            ),
            "shared_differs": _(
                "Sub-question %(number)s has different names: “%(one)s” in row %(row)s"
                " and “%(other)s” in row %(other_row)s."
            ),
            "number_twice": _(
                "Row %(row)s: the number of %(code)s is also that of %(other)s"
                " (row %(other_row)s). Numbers run over the whole level: check it."
            ),
        }
        return sentences[name] % values

    def _explain_left(self, missing):
        """A note on the nodes of the classifier that the file does not name."""
        shown = [node.category.code or node.category.name for node in missing[:SHOWN]]
        return self.env._(
            "Nodes of the classifier that the file does not name: %(count)s"
            " (%(examples)s). They stay as they are.",
            count=len(missing),
            examples=", ".join(shown) + ("…" if len(missing) > SHOWN else ""),
        )

    def _note_changes(self, done, plan):
        """Add to the plan which fields change in how many nodes."""
        labels = self.env["helpdesk.ticket.category"].fields_get(
            list(done), attributes=["string"]
        )
        names = {name: labels[name]["string"] for name in done if name in labels}
        names["moved"] = self.env._("Place in the tree")
        names["maps"] = self.env._("Codes of other classifiers")
        parts = [f"{names[name]}: {count}" for name, count in done.items() if count]
        if parts:
            plan.notes.append(
                self.env._("What changes in nodes: %(parts)s.", parts="; ".join(parts))
            )
