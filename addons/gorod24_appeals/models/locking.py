# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What others do at the same moment: rows they work on are refused in words, rows they
have just added are not passed over."""

from contextlib import contextmanager

from odoo.exceptions import ConcurrencyError, LockError
from odoo.tools import SQL


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


def check_sees_all(named, field):
    """Make sure that this transaction sees every row that names these records.

    Whoever adds such a row holds the record it names FOR SHARE until he commits, so any
    number add at once. These records are written, or held FOR UPDATE, by this
    transaction: that has waited for all of them, and who comes later waits for it.
    Still REPEATABLE READ shows the base as it was at the first query, without what was
    added since. A snapshot taken now has it; then the whole work is done again.

    :param named: records this transaction has written or locked, and flushed
    :param field: the stored many2one that names them
    :raises ConcurrencyError: Odoo repeats the request, and it sees the newcomers
    """
    registry = named.env.registry
    if not named or not registry.ready:
        return  # while a base is built or upgraded nobody else is at work
    query = SQL(
        "SELECT id FROM %(table)s WHERE %(column)s = ANY(%(ids)s)",
        table=SQL.identifier(named.env[field.model_name]._table),
        column=SQL.identifier(field.name),
        ids=named.ids,
    )
    with registry.cursor() as fresh:
        # Whoever alters the table waits for this transaction: do not wait for him.
        fresh.execute("SET LOCAL lock_timeout = '3s'")
        fresh.execute(query, log_exceptions=False)
        there = {row[0] for row in fresh.fetchall()}
    unseen = there and there - {row[0] for row in named.env.execute_query(query)}
    if unseen and not _are_mine(named.env[field.model_name], unseen):
        raise ConcurrencyError("Rows were added that this transaction does not see")


def _are_mine(model, ids):
    """Whether this transaction itself made these rows name something else.

    A row another one has changed since the snapshot is refused by PostgreSQL as a
    serialisation failure, which Odoo repeats as well; one it has added is not found.
    """
    model.env.cr.execute(
        SQL(
            "SELECT id FROM %s WHERE id = ANY(%s) FOR SHARE",
            SQL.identifier(model._table),
            list(ids),
        ),
        log_exceptions=False,
    )
    return model.env.cr.rowcount == len(ids)
