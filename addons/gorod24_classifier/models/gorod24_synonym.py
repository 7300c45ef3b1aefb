# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..wording import NOISE, key_words, normalise, split_words


class Gorod24Synonym(models.Model):
    """What people say and the words of the classifier it stands for."""

    _name = "gorod24.synonym"
    _inherit = "gorod24.search.trial.mixin"
    _description = "Synonym for the search of topics"
    _order = "word, id"
    _rec_name = "word"

    word = fields.Char(
        string="As people say it",
        required=True,
        index="trigram",
        help="A word or a short phrase in any form: «падик» also finds «в падике».",
    )
    meaning = fields.Char(
        required=True,
        help="Words of the classifier; several wordings are parted by commas.",
    )
    note = fields.Char()
    active = fields.Boolean(default=True)

    _word_uniq = models.UniqueIndex(
        "(lower(word), lower(meaning)) WHERE active",
        "This synonym is already in the list.",
    )

    @api.constrains("word", "meaning")
    def _check_words(self):
        for synonym in self:
            said = key_words(synonym.word)
            if not said or set(said) <= NOISE:
                raise ValidationError(
                    self.env._(
                        "«%(word)s» is said in every call and tells nothing of the"
                        " topic. Write a word or phrase that means one thing.",
                        word=synonym.word,
                    )
                )
            if not set(split_words(synonym.meaning)) - NOISE:
                raise ValidationError(
                    self.env._(
                        "Write what «%(word)s» means in words of the classifier.",
                        word=synonym.word,
                    )
                )
            if normalise(synonym.word) == normalise(synonym.meaning):
                raise ValidationError(
                    self.env._("The word and its meaning are the same.")
                )

    @api.depends("word", "meaning")
    def _compute_display_name(self):
        for synonym in self:
            pair = (synonym.word or "", synonym.meaning or "")
            synonym.display_name = " → ".join(part for part in pair if part)

    @api.depends("word", "meaning", "active")
    def _compute_trial_result(self):
        return super()._compute_trial_result()

    def _get_trial_synonym(self):
        return self.word or "", self.meaning if self.active else ""
