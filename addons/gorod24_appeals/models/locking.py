# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Rows that somebody else works on right now are refused in words."""

from contextlib import contextmanager

from odoo.exceptions import LockError


@contextmanager
def busy_in_words(env):
    """Tell the person, in words, that rows asked for are locked by another one.

    :raises LockError: still a lock error, so work on many tries again by itself
    """
    try:
        yield
    except LockError as error:
        raise LockError(
            env._("Somebody else is working on this right now. Try again.")
        ) from error
