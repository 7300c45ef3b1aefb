# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Databases: prepared templates, named by what they were made from, and copies.

base    Odoo with the helpdesk and Russian
addons  base + all our addons                      (addon tests run on copies)
city    addons + the demo city                     (run and system tests start from it)

A template is filled under a working name and renamed when complete, so that a killed
build leaves nothing that could be taken for a template.
"""

import ast
import json
import os
import shutil

from .console import step, warn
from .files import fingerprint, tree_fingerprint
from .sql import literal
from .staff import AGENTS

BASE_MODULES = ("helpdesk_mgmt", "rpc", "phone_validation", "base_import", "auth_totp")
# these folders do not change what is in a database
NOT_IN_DATABASE = ("tests", "tests_unit", "static", "readme")
SOURCES_KEY = "gorod24.bootstrap.sources"
TEMPLATE, WORKING = "g24_tpl", "g24_new"

CITY_SCRIPT = """
import json
passwords = json.loads({passwords!r})
agents = json.loads({agents!r})
users = env["res.users"].with_context(active_test=False)
if "gorod24.demo.city" in env:
    env["gorod24.demo.city"]._load(passwords)
for user in users.search([("share", "=", False)]):
    user.write({{"lang": "ru_RU", "tz": "Asia/Barnaul"}})
places = env["res.company"].search([]).partner_id
places.write({{"lang": "ru_RU", "tz": "Asia/Barnaul"}})
for login, password in passwords.items():
    users.search([("login", "=", login)]).write({{"password": password}})
if "telephony_agent_id" in users._fields:
    for agent_id, extension, login in agents:
        users.search([("login", "=", login), ("telephony_agent_id", "=", False)]).write(
            {{"telephony_agent_id": agent_id, "telephony_extension": extension}}
        )
"""


def our_addons(layout):
    """{name: fingerprint of its sources} of our installable addons."""
    manifests = {
        path.parent.name: ast.literal_eval(path.read_text(encoding="utf-8"))
        for path in layout.addons.glob("*/__manifest__.py")
    }
    names = complete_addons(manifests)
    return {
        name: tree_fingerprint(layout.addons / name, NOT_IN_DATABASE)
        for name in sorted(names)
    }


def complete_addons(manifests, prefix="gorod24"):
    """Names that are installable and whose own-family dependencies are all there.

    :param manifests: {addon name: manifest dictionary}
    """
    names = {name for name, text in manifests.items() if text.get("installable", True)}
    while True:
        lacking = {
            name
            for name in names
            for need in manifests[name].get("depends", [])
            if need.startswith(prefix) and need not in names
        }
        if not lacking:
            return names
        names -= lacking


class Databases:
    """Makes templates and copies on one server.

    :param odoo: the Odoo that fills them
    :param config: odoo.conf for filling
    """

    def __init__(self, layout, odoo, config):
        self.layout = layout
        self.odoo = odoo
        self.server = odoo.connection
        self.config = config
        self.log = layout.logs / "install.log"

    # keys

    def base_key(self):
        pins = fingerprint(self.layout.root / "requirements-oca.txt")
        return fingerprint(self.odoo.source.version, pins, BASE_MODULES, "base-1")

    def addons_key(self):
        return fingerprint(self.base_key(), json.dumps(our_addons(self.layout)))

    def city_key(self):
        logins = self.odoo.secrets.demo_passwords()
        return fingerprint(self.addons_key(), json.dumps(logins), CITY_SCRIPT, AGENTS)

    # templates

    def base(self):
        return self._template("base", self.base_key(), None, self._fill_base)

    def addons(self):
        return self._template("addons", self.addons_key(), self.base, self._fill_addons)

    def city(self):
        return self._template("city", self.city_key(), self.addons, self._fill_city)

    def is_ready(self, kind):
        key = getattr(self, f"{kind}_key")()
        return self.server.exists(f"{TEMPLATE}_{kind}_{key}")

    def _template(self, kind, key, parent, fill):
        name = f"{TEMPLATE}_{kind}_{key}"
        if self.server.exists(name):
            return name
        source = parent() if parent else None
        titles = {
            "base": "База: Odoo и служба заявок",
            "addons": "База: дополнения Города 24",
            "city": "База: учебный город",
        }
        with step(titles[kind]):
            working = f"{WORKING}_{kind}_{key}"
            self.copy(source, working)
            fill(working)
            self.rename(working, name)
        for stale in self.server.databases(f"{TEMPLATE}_{kind}_"):
            if stale != name:
                self.drop(stale)
        return name

    def _fill_base(self, name):
        if not self.server.value(
            name, "SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'"
        ):
            # somebody else's server: template1 was not prepared by us
            self.server.query(
                name,
                "CREATE EXTENSION pg_trgm; CREATE EXTENSION IF NOT EXISTS unaccent",
            )
        self.odoo.install(
            self.config, name, install=("base", *BASE_MODULES), log=self.log
        )

    def _fill_addons(self, name):
        addons = our_addons(self.layout)
        folders = self.layout.addons.glob("*/__manifest__.py")
        left_out = {path.parent.name for path in folders} - set(addons)
        if left_out:
            warn("Не ставлю (нет нужных им дополнений): " + ", ".join(sorted(left_out)))
        if addons:
            self.odoo.install(self.config, name, install=addons, log=self.log)
        self.remember_sources(name, addons)

    def _fill_city(self, name):
        script = CITY_SCRIPT.format(
            passwords=json.dumps(self.odoo.secrets.demo_passwords()),
            agents=json.dumps([[a.id, a.extension, a.login] for a in AGENTS]),
        )
        self.odoo.shell(
            self.config,
            name,
            script,
            "Учебный город не загрузился.",
            self.layout.logs / "city.log",
        )
        self.server.query(name, "VACUUM ANALYZE")

    # the hashes of the sources a database was made from travel with its copies

    def remember_sources(self, name, addons):
        value = literal(json.dumps(addons))
        key = literal(SOURCES_KEY)
        self.server.query(
            name,
            f"DELETE FROM ir_config_parameter WHERE key = {key};"
            f"INSERT INTO ir_config_parameter (key, value) VALUES ({key}, {value});",
        )

    def known_sources(self, name):
        key = literal(SOURCES_KEY)
        value = self.server.value(
            name, f"SELECT value FROM ir_config_parameter WHERE key = {key}"
        )
        return json.loads(value) if value else {}

    def set_address(self, name, url):
        self.server.query(
            name,
            f"UPDATE ir_config_parameter SET value = {literal(url)}"
            " WHERE key = 'web.base.url'",
        )

    # copies

    def filestore(self, name):
        return self.layout.data / "filestore" / name

    def copy(self, source, name):
        """A fresh database `name`; an older one of that name is dropped.

        :param source: template to copy with its file store, None for an empty one
        """
        self.drop(name)
        if source and self.filestore(source).is_dir():
            # files are named by content and never rewritten: links are enough
            shutil.copytree(
                self.filestore(source), self.filestore(name), copy_function=_link
            )
        self.server.create(name, source or "template1")

    def drop(self, name):
        self.server.drop(name)
        shutil.rmtree(self.filestore(name), ignore_errors=True)

    def rename(self, old, new):
        shutil.rmtree(self.filestore(new), ignore_errors=True)
        if self.filestore(old).is_dir():
            os.replace(self.filestore(old), self.filestore(new))
        self.server.rename(old, new)

    # the working database

    def ensure_working(self, name):
        """The database of `run`: made from the city, else brought up to the sources."""
        if not self.server.exists(name):
            source = self.city()
            with step("База данных «Город 24»"):
                self.copy(source, name)
        else:
            self.update(name)

    def update(self, name, everything=False):
        """Install new and update changed addons, on a copy, then swap.

        :return: names of what was installed and updated
        """
        known, now = self.known_sources(name), our_addons(self.layout)
        fresh = [addon for addon in now if addon not in known]
        stale = (addon for addon in now if addon in known)
        changed = [a for a in stale if everything or now[a] != known[a]]
        gone = sorted(set(known) - set(now))
        if gone:
            warn("В исходниках больше нет дополнений: " + ", ".join(gone))
        if not fresh and not changed:
            return []
        working, old = f"{WORKING}_update", f"{WORKING}_before"
        with step("Обновляю базу: " + ", ".join(fresh + changed)):
            self.copy(name, working)
            self.odoo.install(
                self.config, working, install=fresh, update=changed, log=self.log
            )
            self.remember_sources(working, now)
            self.drop(old)
            self.rename(name, old)
            self.rename(working, name)
            self.drop(old)
        return fresh + changed

    def recover(self, name):
        """Finish or undo a swap that was killed half-way."""
        old = f"{WORKING}_before"
        if self.server.exists(old) and not self.server.exists(name):
            self.rename(old, name)
        for left in self.server.databases(f"{WORKING}_"):
            self.drop(left)


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
