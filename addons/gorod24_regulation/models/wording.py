# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The arithmetic of a term in the words of the reader's language."""

from datetime import datetime

from odoo.tools.misc import get_lang

from ..clockwork import days_form


def kind_labels(env):
    """Kind of clock → its translated name."""
    field = env["gorod24.clock"]._fields["kind"]
    return dict(field._description_selection(env))


def moment(env, local):
    """A naive local moment in the format of the language, without seconds."""
    if not local:
        return ""
    return local.strftime(f"{get_lang(env).date_format} %H:%M")


def explain(env, steps):
    """Steps of a clock (as stored) as one readable text."""
    return " ".join(explain_lines(env, steps))


def explain_lines(env, steps):
    """Steps of a clock (as stored) as sentences, one for a step."""
    return list(filter(None, (_sentence(env, step) for step in steps)))


def _sentence(env, step):
    writer = _WRITERS.get(step["code"])
    return writer(env, step) if writer else ""


def _start(env, step):
    return env._(
        "Start: %(moment)s (%(place)s).",
        moment=_moment(env, step["at"]),
        place=_place(env),
    )


def _place(env):
    # the name of the service's zone is no secret
    settings = env["ir.config_parameter"].sudo()
    name = settings.get_param("gorod24.timezone_name")
    return name or (settings.get_param("gorod24.timezone") or "").split("/")[-1]


def _term(env, step):
    return env._(
        "%(term)s → %(moment)s.",
        term=_amount(env, step["base"], step["amount"]),
        moment=_moment(env, step["to"]),
    )


def _amount(env, base, amount):
    # forms of the noun for 1, 2-4 and 5 in Russian; translators keep the bars
    forms = {
        "calendar_days": env._("calendar day|calendar days"),
        "working_days": env._("working day|working days"),
        "minutes": env._("minute|minutes"),
        "working_minutes": env._("minute of working time|minutes of working time"),
    }[base]
    return f"{amount} {days_form(amount, forms.split('|'))}"


def _window(env, step):
    return env._(
        "Counted only from %(opening)s to %(closing)s.",
        opening=_hour(step["opening"]),
        closing=_hour(step["closing"]),
    )


def _skipped(env, step):
    text = env._("Days off not counted: %(count)s.", count=step["count"])
    if not step.get("holidays"):
        return text
    days = [_day(env, day) for day in step["holidays"]]
    holidays = env._("Holidays among them: %(days)s.", days=", ".join(days))
    return f"{text} {holidays}"


def _shortened(env, step):
    return env._(
        "Shortened days, an hour less: %(days)s.",
        days=", ".join(_day(env, day) for day in step["days"]),
    )


def _day_end(env, step):
    return env._(
        "A term in days ends with its day: %(moment)s.",
        moment=_moment(env, step["to"]),
    )


def _no_calendar(env, step):
    return env._(
        "There is no production calendar for %(year)s: only Saturdays and Sundays"
        " are taken as days off.",
        year=step["year"],
    )


def _pause(env, step):
    hours, minutes = divmod(step["minutes"], 60)
    return env._(
        "Pauses: %(hours)s h %(minutes)s min → %(moment)s.",
        hours=hours,
        minutes=minutes,
        moment=_moment(env, step["to"]),
    )


def _shift(env, step):
    return env._(
        "The last day is a day off: moved to %(moment)s.",
        moment=_moment(env, step["to"]),
    )


def _extension(env, step):
    return env._("Extended to %(moment)s.", moment=_moment(env, step["to"]))


def _moment(env, text):
    return moment(env, datetime.fromisoformat(text))


def _day(env, text):
    return datetime.fromisoformat(text).strftime(get_lang(env).date_format)


def _hour(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


_WRITERS = {
    "start": _start,
    "term": _term,
    "window": _window,
    "skipped": _skipped,
    "shortened": _shortened,
    "day_end": _day_end,
    "no_calendar": _no_calendar,
    "pause": _pause,
    "shift": _shift,
    "extension": _extension,
}
