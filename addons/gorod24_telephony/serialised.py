# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Work that two processes may be asked to do for the same thing at the same time."""

import hashlib
import logging
import time

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import ConcurrencyError
from odoo.sql_db import Cursor

_logger = logging.getLogger(__name__)

TRIES = 6
_RETRY = (
    ConcurrencyError,
    psycopg2.errors.SerializationFailure,
    psycopg2.errors.DeadlockDetected,
    psycopg2.errors.ForeignKeyViolation,  # a call was merged into another meanwhile
    psycopg2.errors.LockNotAvailable,
    psycopg2.errors.UniqueViolation,
)


# What a source is told to be kept must be on the disk, whatever the server's habit is:
# a PostgreSQL that is killed forgets commits it has not written out.
_KEEP = """
    SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit')
        WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)
"""


def serialised(registry, keys, work, herald=None, tries=TRIES):
    """Return ``work(env)``, done in an own transaction that alone holds ``keys``.

    The transaction reads committed data: what another process committed while this one
    waited for the keys is seen, so nothing has to be repeated for seconds as the server
    would do after a serialisation failure. Commits on success.

    :param keys: texts; two calls with a common key run one after the other.
    :param work: a function of a superuser environment; it may be called again after a
        conflict, with everything it did rolled back.
    :param herald: one of many transactions of a request: it waits not for the disk
        (:func:`make_durable` follows), and its messages of the bus are told by this
        :class:`~.herald.Herald`.
    :param tries: attempts before a conflict is the caller's to deal with.
    """
    locks = sorted({_lock_id(key) for key in keys})
    for attempt in range(1, tries + 1):
        try:
            with registry.cursor() as cr:
                if isinstance(cr, Cursor):  # savepoints of tests cannot change it
                    cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
                    cr.execute(
                        "SET LOCAL synchronous_commit TO off" if herald else _KEEP
                    )
                held = herald.hold_back(cr) if herald else ()
                cr.execute(
                    "SELECT pg_advisory_xact_lock(k) FROM unnest(%s::bigint[]) AS k",
                    [locks],
                )
                env = api.Environment(cr, SUPERUSER_ID, {})
                result = work(env)
                env.flush_all()
            if herald:
                herald.committed(held)
            return result
        except _RETRY as error:
            if attempt == tries:
                raise
            _logger.info("%s, try %s again", type(error).__name__, attempt)
            time.sleep(0.01 * 2**attempt)


def make_durable(registry):
    """Return when everything committed so far is on the disk: one wait for many."""
    with registry.cursor() as cr:
        cr.execute(_KEEP)
        # A commit waits for the disk only when it wrote something.
        cr.execute("SELECT pg_logical_emit_message(true, 'gorod24', '')")


def _lock_id(key):
    """Return a number of PostgreSQL's bigint for a text."""
    digest = hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
