# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def uninstall_hook(env):
    """Take triggers and the index off the tables of other addons, which stay."""
    for model in (
        "gorod24.question.stat",
        "gorod24.call.stat",
        "gorod24.operator.stat",
        "gorod24.quality.stat",
    ):
        env[model]._drop_storage()
    env["gorod24.call.topic.stat"]._drop_day_index()
