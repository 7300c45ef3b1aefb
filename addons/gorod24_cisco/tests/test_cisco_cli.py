# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import odoo
from odoo.tests import BaseCase, tagged

SETTINGS = """
[finesse]
base_url = "http://127.0.0.1:1/finesse/api"
xmpp_host = "127.0.0.1"
xmpp_tls = "none"
[[agent]]
id = "6021"
extension = "2830"
password = "word"
[odoo]
url = "http://127.0.0.1:2"
token = "t"
[commands]
token = "c"
[spool]
folder = "/nonexistent"
"""


@tagged("post_install", "-at_install")
class TestCiscoCli(BaseCase):
    def _run(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "connector.toml")
            path.write_text(text)
            addons = ",".join(odoo.addons.__path__)
            packages = os.pathsep.join([str(Path(odoo.cli.__path__[0]).parents[1])])
            return subprocess.run(
                [sys.executable, "-m", "odoo", f"--addons-path={addons}"]
                + ["gorod24_cisco", "--check", "--connector-config", str(path)],
                check=False,
                capture_output=True,
                text=True,
                timeout=60,
                env={**os.environ, "PYTHONPATH": packages},
            )

    def test_settings_are_checked_without_a_database(self):
        done = self._run(SETTINGS)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_mistake_is_named(self):
        done = self._run(SETTINGS.replace('token = "c"', ""))
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("[commands]: token is missing", done.stderr)
        self.assertNotIn("word", done.stderr)
