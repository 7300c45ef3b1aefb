# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The process of an import is killed outright; the next one goes on."""

import base64
import os
import subprocess
import sys

from odoo.sql_db import db_connect
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, config

from ..gar import staging
from .gar_archive import small_region

# The process says what it is about to commit and waits to be let go, or killed.
WORKER = """
import sys
import odoo
from odoo.modules.registry import Registry
from odoo.tools import config

arguments, database, number, portion = eval(sys.argv[1])
config.parse_config(arguments)
with Registry(database).cursor() as cr:
    env = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
    from odoo.addons.gorod24_address.models import gorod24_gar_import_house as houses
    from odoo.addons.gorod24_address.models import gorod24_gar_import_read as read
    from odoo.addons.gorod24_address.gar import reader
    houses.PORTION = read.PORTION_ROWS = portion
    reader.CHUNK = 4096
    Import = type(env["gorod24.gar.import"])
    commit = Import._commit

    def asked(job, processed):
        stage = job.stage_ids.filtered(lambda s: not s.done)[:1]
        print(stage.code or "end", stage.rows, flush=True)
        sys.stdin.readline()
        commit(job, processed)

    Import._commit = asked
    # the connection of a killed process lets go of the import a moment later
    cr.execute("SELECT pg_advisory_lock(%s)", [0x6724_6172])
    cr.execute("SELECT pg_advisory_unlock(%s)", [0x6724_6172])
    cr.commit()
    env["gorod24.gar.import"].browse(number)._process(seconds=86_400)
"""


@tagged("post_install", "-at_install")
class TestGarCutOff(TransactionCase):
    """On the real tables, with real commits: what it makes it removes."""

    HOUSES = 300
    PORTION = 60

    def setUp(self):
        super().setUp()
        self.database = self.env.cr.dbname
        archive = small_region(houses=self.HOUSES)
        self.number = self.prepare(archive)
        self.addCleanup(self.clean, archive)

    def real(self, function):
        """Run on a connection that commits, past the transaction of the test.

        The cursor commits when its block ends without an error.
        """
        with db_connect(self.database).cursor() as cr:
            return function(self.env(cr=cr))

    def prepare(self, archive):
        def make(env):
            env["gorod24.gar.import"].search([("state", "=", "draft")]).unlink()
            job = env["gorod24.gar.import"].create(
                {
                    "file": base64.b64encode(archive.content()),
                    "filename": "gar_xml.zip",
                }
            )
            job.action_read()
            job.municipality_ids = job.unit_ids.filtered(
                lambda unit: unit.name == "Липовск"
            )
            job.action_start()
            return job.id

        return self.real(make)

    def clean(self, archive):
        def remove(env):
            job = env["gorod24.gar.import"].browse(self.number)
            job.write({"state": "cancelled"})
            job.unlink()
            guids = [
                row["OBJECTGUID"]
                for table in ("HOUSES", "ADDR_OBJ")
                for row in archive.rows[table]
            ]
            domain = [("objectguid", "in", guids)]
            for model in ("gorod24.building", "gorod24.address"):
                records = env[model].with_context(active_test=False).search(domain)
                for record in records.sorted("id", reverse=True):
                    record.unlink()

        self.real(remove)

    def start(self):
        arguments = ["--no-http", "--max-cron-threads=0", "--log-level=error"]
        if config["config"]:
            arguments += ["-c", config["config"]]
        arguments += [f"--addons-path={','.join(config['addons_path'])}"]
        for name in ("db_host", "db_port", "db_user", "data_dir"):
            if config[name]:
                arguments.append(f"--{name.replace('data_', 'data-')}={config[name]}")
        given = (arguments, self.database, self.number, self.PORTION)
        password = config["db_password"]
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER, repr(given)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(sys.path),
                **({"PGPASSWORD": password} if password else {}),
            },
        )
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stdin.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def run_until(self, wanted, count):
        """Let it work; kill it before the commit number `count` of a stage."""
        process = self.start()
        said = []
        for line in process.stdout:
            said.append(line.split())
            if [code for code, _rows in said].count(wanted) == count:
                process.kill()
                process.wait()
                return said
            process.stdin.write("\n")
            process.stdin.flush()
        self.fail(f"the process ended before {wanted}: {said}")

    def run_to_end(self):
        process = self.start()
        said = []
        for line in process.stdout:
            said.append(line.split())
            process.stdin.write("\n")
            process.stdin.flush()
        self.assertEqual(process.wait(), 0)
        return said

    def read_written(self):
        def fetch(env):
            job = env["gorod24.gar.import"].browse(self.number)
            houses = env["gorod24.building"].search(
                [("street_id.objectguid", "!=", False), ("objectid", "<", 97_900)]
                + [("objectid", ">=", 97_000), ("postal_code", "=", "656001")]
            )
            numbers = sorted(int(house.house) for house in houses)
            return job.state, job.house_added, numbers

        return self.real(fetch)

    def test_killed_while_reading_and_while_writing(self):
        said = self.run_until("read_houses", 3)
        self.assertNotIn("compare", [code for code, _rows in said])
        self.assertEqual(self.read_written(), ("running", 0, []))

        said = self.run_until("write_houses", 3)
        codes = [code for code, _rows in said]
        self.assertNotIn("read_links", codes, "what was read is not read again")
        state, _added, numbers = self.read_written()
        self.assertEqual(state, "running")
        self.assertTrue(0 < len(numbers) < self.HOUSES, "a part is written")

        said = self.run_to_end()
        codes = [code for code, _rows in said]
        self.assertNotIn("compare", codes, "what was compared is not done again")
        state, added, numbers = self.read_written()
        self.assertEqual(state, "done")
        self.assertEqual(numbers, list(range(1, self.HOUSES + 1)))
        self.assertEqual(added, self.HOUSES, "the report counts each house once")
        left = self.env.execute_query(SQL("SELECT to_regclass(%s)", staging.MARK))
        self.assertFalse(left[0][0], "no working tables are left")
