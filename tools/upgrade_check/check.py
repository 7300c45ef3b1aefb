# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The journey: an old city, filled, upgraded, compared, opened, upgraded again."""

import re
import time

from tools.bootstrap import odoo_server, ports
from tools.bootstrap.console import say, seconds, step
from tools.bootstrap.databases import our_addons
from tools.bootstrap.files import write_json
from tools.bootstrap.services import Service, Supervisor
from tools.bootstrap.staff import DEMO_USERS

from . import compare, grow, meaning, old_city, screens, tables
from .expected import EXPECTED, LEDGERS

# the start of Odoo says this about our own options and the Debian package
HARMLESS = re.compile(r"unknown option 'gorod24_\w+' in the config file")
PORTAL = ("duty", "head")
SHOWN = 6


class Check:
    """One upgrade from one revision.

    :param house: an open House of the present sources
    :param revision: what git calls the old code
    """

    def __init__(self, house, revision):
        self.house = house
        self.server = house.connection
        self.commit = old_city.commit_of(house.layout, revision)
        short = self.commit[:12]
        self.old, self.new = f"upg_{short}_old", f"upg_{short}_new"
        self.again, self.fresh = f"upg_{short}_again", f"upg_{short}_fresh"
        self.folder = house.layout.runtime / "upgrade" / short
        self.log = self.folder / "upgrade.log"
        self.troubles = []

    def run(self):
        """Do it all; return the troubles in words."""
        old_city.build(self.house, self.commit, self.old)
        self.log.unlink(missing_ok=True)
        took = self._upgrade(self.old, self.new)
        with step(f"Сравниваю строки (обновление заняло {seconds(took)})"):
            self._compare_rows(self.old, self.new, "обновление", EXPECTED)
            self._compare_sums()
            self._compare_schema()
            self._ask_meaning()
        with step("Открываю экраны операторов, руководителя, участников"):
            self._open_screens()
        self._upgrade(self.new, self.again)
        with step("Второе обновление ничего не меняет"):
            moments = [
                rule
                for rule in EXPECTED
                if rule["table"] in ("ir_cron", "ir_attachment")
            ]
            self._compare_rows(self.new, self.again, "второе обновление", moments)
        self._read_log()
        return self.troubles

    def run_big(self, rows):
        """Only upgrade a city of so many appeals; return the troubles in words."""
        old_city.build(self.house, self.commit, self.old)
        self.log.unlink(missing_ok=True)
        with step(f"Размножаю обращения до {rows}"):
            found = grow.grow(self.server, self.old, rows)
        took = self._upgrade(self.old, self.new)
        say(f"  Обращений {found}, обновление заняло {seconds(took)}")
        self._read_log()
        return self.troubles

    def drop(self):
        for name in (self.old, self.new, self.again):
            self.house.databases.drop(name)

    def _say(self, text):
        self.troubles.append(text)

    def _upgrade(self, source, target):
        databases = self.house.databases
        with step("Обновление" if source == self.old else "Обновление ещё раз"):
            databases.copy(source, target)
            begun = time.monotonic()
            self.house.odoo.install(
                databases.config,
                target,
                update=sorted(our_addons(self.house.layout)),
                log=self.log,
            )
        return time.monotonic() - begun

    def _compare_rows(self, old, new, what, expected):
        before = tables.columns_of(self.server, old)
        after = tables.columns_of(self.server, new)
        names = tables.names_of(self.server, old)
        for table, columns in before.items():
            if table.startswith(LEDGERS):
                continue
            if table not in after:
                rows = self.server.value(old, f'SELECT count(*) FROM "{table}"')
                if rows != "0":
                    self._say(f"{what}: таблицы {table} нет, было строк {rows}")
                continue
            self._compare_table(table, columns, after, names, old, new, what, expected)

    def _compare_table(self, table, columns, after, names, old, new, what, expected):
        left = tables.rows_of(self.server, old, table, columns)
        kept = [column for column in columns if column in after[table]]
        right = tables.rows_of(self.server, new, table, kept)
        model = table.replace("_", ".")
        known = {key: names.get((model, key), "") for key in left}
        found = compare.differences(left, right, known)
        found = compare.unexpected(table, found, expected)
        for kind, key, name, column, was, now in found[:SHOWN]:
            self._say(
                f"{what}: {table} {kind} {key} {name} {column}: {was!r} → {now!r}"
            )
        if len(found) > SHOWN:
            self._say(f"{what}: {table}: и ещё {len(found) - SHOWN}")

    def _compare_sums(self):
        """Ledgers are made anew: their sums by state must be those of before."""
        for table, column, group in (
            ("gorod24_question_stat_full", "question_count", "state"),
            ("gorod24_call_stat_full", "call_count", "result"),
        ):
            sql = (
                f"SELECT {group}, sum({column}) FROM {table} GROUP BY 1"
                f" HAVING sum({column}) <> 0 ORDER BY 1"
            )
            was = self.server.query(self.old, sql)
            now = self.server.query(self.new, sql)
            if was != now:
                self._say(f"свод {table}: было {was}, стало {now}")

    def _compare_schema(self):
        fresh = tables.schema_of(self.server, self.house.databases.addons())
        upgraded = tables.schema_of(self.server, self.new)
        for line in sorted(fresh - upgraded):
            self._say(f"нет того, что есть в новой базе: {line[:200]}")
        for line in sorted(upgraded - fresh):
            self._say(f"осталось лишнее: {line[:200]}")

    def _ask_meaning(self):
        for words, rows in meaning.untruths(self.server, self.new):
            self._say(f"не так: {words}: {', '.join(rows)}")

    def _open_screens(self):
        claimed, _moved = ports.claim(
            ["upgrade_odoo", "upgrade_gevent"],
            self.house.layout.state / "ports-upgrade.json",
            {"upgrade_odoo": 20190, "upgrade_gevent": 20191},
        )
        config = self.folder / "server.conf"
        self.house.odoo.write_config(
            config,
            http_port=claimed["upgrade_odoo"],
            gevent_port=claimed["upgrade_gevent"],
            db_name=self.new,
            dbfilter=f"^{self.new}$",
            cron_threads=0,
        )
        supervisor = Supervisor(self.folder / "pids.json", quiet=True)
        port = claimed["upgrade_odoo"]
        supervisor.start(self._service(config, port))
        try:
            for user in DEMO_USERS:
                self._visit(f"http://127.0.0.1:{port}", user.login)
        finally:
            supervisor.stop_all()

    def _service(self, config, port):
        odoo = self.house.odoo
        return Service(
            "odoo",
            "Odoo на обновлённой базе",
            lambda: odoo.command(config, f"--logfile={self.log}"),
            lambda: odoo_server.is_healthy(port),
            self.folder / "server.log",
            odoo.environment(),
            self.house.layout.root,
            180.0,
        )

    def _visit(self, url, login):
        there = f"SELECT 1 FROM res_users WHERE login = '{login}'"
        if not self.server.value(self.old, there):
            return
        password = self.house.secrets.demo_passwords()[login]
        try:
            visitor = screens.Visitor(url, login, password)
            open_all = screens.open_portal if login in PORTAL else screens.open_backend
            number, troubles = open_all(visitor)
        except screens.Refused as error:
            number, troubles = 0, [str(error)]
        say(f"      {login}: экранов {number}")
        if not number:
            self._say(f"{login}: ни один экран не открылся")
        for trouble in troubles:
            self._say(f"{login}: {trouble}")

    def _read_log(self):
        write_json(self.folder / "troubles.json", self.troubles)
        text = self.log.read_text(encoding="utf-8", errors="replace")
        for line in text.splitlines():
            wrong = re.search(r" (WARNING|ERROR|CRITICAL) ", line)
            if wrong and not HARMLESS.search(line):
                self._say(f"журнал обновления: {line[:300]}")
