# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The examples in config/ are such as systemd and nginx would take."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

# Neither is installed for the tests: a web server or an init of its own would begin to
# run on the machine. Where they are, the examples are tried on them.
ANALYZE, NGINX = shutil.which("systemd-analyze"), shutil.which("nginx")

CONFIG = Path(__file__).resolve().parents[1] / "config"
UNITS = sorted(CONFIG.glob("*.service"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_service_that_falls_is_always_raised_again(unit):
    sections = re.split(r"^\[(\w+)\]$", unit.read_text(encoding="utf-8"), flags=re.M)
    text = dict(zip(sections[1::2], sections[2::2], strict=True))
    assert "StartLimitIntervalSec=0" in text["Unit"]
    assert "Restart=always" in text["Service"]


if ANALYZE:

    @pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
    def test_systemd_takes_every_line_of_a_unit(unit):
        done = subprocess.run(
            [ANALYZE, "verify", unit], capture_output=True, text=True, check=False
        )
        # the programs of the example are not on this machine
        wrong = [
            line
            for line in done.stderr.splitlines()
            if unit.name in line and "is not executable" not in line
        ]
        assert wrong == []


if NGINX:

    def test_nginx_takes_the_example(tmp_path):
        openssl = shutil.which("openssl")
        subprocess.run(
            [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
            + [
                "-subj",
                "/CN=test",
                "-keyout",
                tmp_path / "key",
                "-out",
                tmp_path / "pem",
            ],
            capture_output=True,
            check=True,
        )
        text = (CONFIG / "gorod24.nginx.conf").read_text(encoding="utf-8")
        text = text.replace("/etc/ssl/certs/gorod24.pem", str(tmp_path / "pem"))
        text = text.replace("/etc/ssl/private/gorod24.key", str(tmp_path / "key"))
        temporary = "".join(
            f"{kind}_temp_path {tmp_path}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        whole = (
            f"pid {tmp_path}/pid;\nevents {{}}\n"
            f"http {{\naccess_log off;\n{temporary}{text}\n}}\n"
        )
        (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
        done = subprocess.run(
            [NGINX, "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
