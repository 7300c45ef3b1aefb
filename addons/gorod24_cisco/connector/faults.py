# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Why a connection did not come about, as one code for the person who sets up."""

import socket
import ssl

import aiohttp

EXPIRED, WRONG_HOST = 10, (62, 64)  # X509_V_ERR_* of OpenSSL


class CheckFailed(Exception):
    """A check found a fault. ``code`` is for programs, ``facts`` for the sentence."""

    def __init__(self, code, **facts):
        super().__init__(code)
        self.code = code
        self.facts = facts


def code_of(error):
    """(code, detail) of a network fault.

    Codes: no_host, refused, timeout, certificate, certificate_name,
    certificate_expired, not_tls, not_http, unreachable.
    """
    for one in _chain(error):
        if isinstance(one, ssl.SSLCertVerificationError):
            return _certificate(one)
        if isinstance(one, socket.gaierror):
            return "no_host", ""
        if isinstance(one, ssl.SSLError):
            return "not_tls", getattr(one, "reason", "") or ""
        if isinstance(one, ConnectionRefusedError):
            return "refused", ""
        if isinstance(one, TimeoutError | aiohttp.ServerTimeoutError):
            return "timeout", ""
        # An answer that is no HTTP: something else listens there.
        if isinstance(
            one, aiohttp.ClientResponseError | aiohttp.ServerDisconnectedError
        ):
            return "not_http", ""
    return "unreachable", type(error).__name__


def _chain(error):
    """The error and what it wraps, the innermost reason included."""
    seen = []
    waiting = [error]
    while waiting:
        one = waiting.pop(0)
        if one is None or one in seen:
            continue
        seen.append(one)
        inner = (getattr(one, name, None) for name in ("os_error", "certificate_error"))
        found = [each for each in inner if isinstance(each, BaseException)]
        waiting += [*found, one.__cause__, one.__context__]
    return seen


def _certificate(error):
    number = error.verify_code
    if number in WRONG_HOST or "match" in (error.verify_message or "").lower():
        return "certificate_name", error.verify_message
    if number == EXPIRED:
        return "certificate_expired", error.verify_message
    return "certificate", error.verify_message or ""
