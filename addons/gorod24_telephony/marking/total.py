# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""From the answers of the form to one number."""

# Answer → share of the criterion's weight; None: the criterion has no part in it.
SHARES = {"yes": 1.0, "partly": 0.5, "no": 0.0, "na": None}


def total(answers):
    """Mark of a talk from 0 to 100, whole, halves up; None when nothing was to judge.

    :param answers: iterable of (weight, answer); what does not apply is left out, so a
        talk without it can still have the full mark.
    """
    parts = [
        (weight, SHARES[answer])
        for weight, answer in answers
        if SHARES[answer] is not None
    ]
    whole = sum(weight for weight, _share in parts)
    if not whole:
        return None
    return int(100 * sum(weight * share for weight, share in parts) / whole + 0.5)
