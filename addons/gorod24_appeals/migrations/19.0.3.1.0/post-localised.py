# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Questions that wait for their localisation show by when."""


def migrate(cr, version):
    cr.execute(
        """UPDATE gorod24_question question
              SET localise_due = clock.target
             FROM gorod24_clock clock
            WHERE clock.res_model = 'gorod24.question'
              AND clock.res_id = question.id
              AND clock.kind = 'localisation'
              AND clock.state <> 'stopped'
              AND question.localise_due IS NULL"""
    )
