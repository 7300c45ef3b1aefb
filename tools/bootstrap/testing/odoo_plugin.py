# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Lets Odoo's own test helpers live under pytest.

Loaded into the addon runs with `-p tools.bootstrap.testing.odoo_plugin`.
"""

import pytest


def is_ours(module):
    """True for tests written in this repository, false for those of Odoo itself.

    A helper class of Odoo that is imported into a test module (HOOTCommon, say)
    brings tests of its own along; they test Odoo, not us.
    """
    return module.startswith(("odoo.addons.gorod24", "odoo.addons.test_gorod24"))


def pytest_collection_modifyitems(config, items):
    foreign = [item for item in items if not is_ours(item.function.__module__)]
    if foreign:
        config.hook.pytest_deselected(items=foreign)
        items[:] = [item for item in items if item not in foreign]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    instance = getattr(item, "instance", None)
    # Odoo's own runner sets it; helpers of the browser tests read it
    if instance is not None and not hasattr(instance, "_test_params"):
        instance._test_params = []
