# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What an upgrade may change in rows of before, and why; all else is a loss.

A rule names a table, and where it is narrower a kind ("changed", "lost", "column"),
a column and a test of (old, new). When a migration changes something on purpose, its
rule is written here with the reason.
"""


def _only_added(old, new):
    """Lines of before are all there, new ones may follow."""
    return set((old or "").splitlines()) <= set((new or "").splitlines())


def _was_empty(old, new):
    return not old and bool(new)


def _is_technical(old, _new):
    return '"model": "ir.model' in old or '"model": "ir.ui.view"' in old


def _only_translated(old, new):
    """The words of before are there, other languages joined them."""
    return old.items() <= new.items()


def _is_emptied(old, new):
    return bool(old) and not new


def _is_of_hotline(old, new):
    """A step as shipped became the supervisor's; the one too many is put away."""
    return new == "supervisor" or (old is True and new is False)


def _is_list_of_late_recordings(old, _new):
    return '"gorod24_call_no_recording_action"' in old or (
        '"menu_call_no_recording"' in old
    )


TOPICS = "helpdesk_ticket_category"
EXPECTED = [
    # the parser of 24.11.2026 takes a hyphen for a space in keys of comparison
    {"table": "gorod24_address", "column": "search_key"},
    {"table": "gorod24_building", "column": "house_key"},
    # a national question below a local group became a topic of the town, and what
    # counted as it counts as the new national question of the same code
    {"table": TOPICS, "column": "classifier_id"},
    {"table": TOPICS, "column": "path_code"},
    {"table": "gorod24_category_map_rel", "kind": "lost"},
    # the starter's new wordings and instructions fill what was empty
    {"table": TOPICS, "column": "synonyms", "test": _only_added},
    {"table": TOPICS, "column": "script", "test": _was_empty},
    {"table": TOPICS, "column": "stop_phrase", "test": _was_empty},
    # emergency norms of their own, on topics still as shipped
    {
        "table": TOPICS,
        "column": "regime_code",
        "test": lambda old, new: old == "EMRG" and new.startswith("EMRG-"),
    },
    # a tick by hand became days of the season (the days fill it again)
    {"table": TOPICS, "column": "seasonal"},
    # the search keeps its words in memory
    {"table": TOPICS, "kind": "column"},
    # the order of the base's own channels, all 10 before
    {
        "table": "helpdesk_ticket_channel",
        "column": "sequence",
        "test": lambda old, _new: old == 10,
    },
    # acceptance of emergencies named a law that does not say it
    {
        "table": "gorod24_regime_rule",
        "column": "legal_basis",
        "test": lambda old, _new: old.startswith("ПП РФ от 15.05.2013 № 416, п. 13"),
    },
    # two ticks became agreements
    {"table": "res_partner", "kind": "column"},
    # control periods and the order of referrals are told by later versions
    {"table": "gorod24_question", "column": "period"},
    {"table": "gorod24_referral", "column": "period"},
    {"table": "gorod24_referral", "column": "way"},
    {"table": "gorod24_referral", "column": "previous_id"},
    # names of fields, constraints and views that are no more
    {"table": "ir_model_data", "kind": "lost", "test": _is_technical},
    # the list of talks whose recording is late got an action and a menu of its own
    {
        "table": "ir_model_data",
        "kind": "lost",
        "test": _is_list_of_late_recordings,
    },
    # a term that stands still or whose miss is excused has no date beside the question
    {"table": "gorod24_question", "column": "execution_due", "test": _is_emptied},
    {"table": "gorod24_referral", "column": "execution_due", "test": _is_emptied},
    # what everybody refused and the supervisor has to decide is nobody's any more
    *(
        {"table": "gorod24_question", "column": column, "test": _is_emptied}
        for column in ("participant_id", "section_id", "person_id", "route_reason")
    ),
    # accounts are given by invitation
    {
        "table": "ir_config_parameter",
        "column": "value",
        "test": lambda old, new: (old, new) == ("b2c", "b2b"),
    },
    # the hotline itself is reminded of the planned time it has to tell
    {"table": "gorod24_escalation_step", "test": _is_of_hotline},
    # since when the law says so
    {"table": "gorod24_regime", "column": "valid_from", "test": _was_empty},
    # calls of earlier got the number they came by as their line
    {"table": "gorod24_call", "column": "line", "test": _was_empty},
    # the form F10 counts calls: its action is that of the new statistics, renamed
    {
        "table": "ir_model_data",
        "column": "name",
        "test": lambda old, _new: old == "gorod24_question_stat_f10_action",
    },
    # Odoo's own roles speak Russian
    {"table": "res_groups", "column": "name", "test": _only_translated},
    # moments of scheduled jobs and of the update itself
    {"table": "ir_cron", "column": "nextcall"},
    {"table": "ir_cron", "column": "lastcall"},
    {"table": "ir_model_data", "column": "create_date"},
    {"table": "ir_attachment"},
]
# Sums, made anew from questions and calls: compared as sums (meaning.py).
LEDGERS = ("gorod24_question_stat", "gorod24_call_stat", "gorod24_operator_stat")
