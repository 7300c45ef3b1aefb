# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """What was refused and waits for the supervisor is with nobody.

    It was still the last refuser's: he was written letters about its terms, and the
    citizen was told that he works on it. His referral keeps that he had it.
    """
    if not version:
        return
    cr.execute(
        """
        UPDATE gorod24_question
           SET participant_id = NULL,
               section_id = NULL,
               person_id = NULL,
               route_reason = NULL
         WHERE state = 'registered'
           AND decision_since IS NOT NULL
           AND participant_id IS NOT NULL
        """
    )
