# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The parts of ./gorod24 that need neither a machine nor a network."""

import os
import socket
import stat

import pytest

from tools.bootstrap import (
    apt,
    console,
    databases,
    files,
    odoo_server,
    odoo_source,
    ports,
    secret_store,
    settings,
    sql,
)
from tools.bootstrap.errors import Trouble
from tools.bootstrap.layout import Layout
from tools.bootstrap.locks import FileLock, sole

DEB822 = """# a comment
Types: deb
# http://snapshot.example/
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
"""

ONE_LINE = """
deb-src http://mirror.example/debian bookworm main
deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian bookworm main # x
deb http://packages.example other main
"""


@pytest.fixture
def layout(tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "addons").mkdir()
    return Layout(tmp_path)


class TestApt:
    def test_source_of_the_machine_in_the_new_style(self):
        uri, key = apt.choose_source(apt.parse_deb822(DEB822), "bookworm")
        assert uri == "http://mirror.example/debian"
        assert key.endswith("debian-archive-keyring.gpg")

    def test_source_of_the_machine_in_the_old_style(self):
        stanzas = apt.parse_one_line(ONE_LINE)
        assert apt.choose_source(stanzas, "bookworm") == (
            "http://mirror.example/debian",
            "/k.gpg",
        )

    def test_disabled_and_foreign_sources_do_not_count(self):
        text = DEB822.replace("Types: deb\n", "Types: deb\nEnabled: no\n", 1)
        with pytest.raises(Trouble, match="bookworm"):
            apt.choose_source(apt.parse_deb822(text), "bookworm")

    def test_key_inside_the_file_is_kept(self):
        text = "Types: deb\nSigned-By:\n -----BEGIN\n .\n AAA\n"
        (stanza,) = apt.parse_deb822(text)
        written = apt.sources_text("http://x", stanza["signed-by"], ["sid"])
        (again,) = apt.parse_deb822(written)
        assert again["signed-by"] == stanza["signed-by"]
        assert again["suites"] == "sid"


class TestFiles:
    def test_template_is_filled_and_a_missing_value_is_named(self, tmp_path):
        template = tmp_path / "a.in"
        template.write_text('x = "@name@" a@@b')
        assert files.render(template, {"name": "да"}) == 'x = "да" a@b'
        with pytest.raises(KeyError, match="name"):
            files.render(template, {})

    def test_atomic_write_sets_the_mode_and_leaves_nothing_behind(self, tmp_path):
        files.write_atomic(tmp_path / "s", "x", 0o600)
        assert stat.S_IMODE((tmp_path / "s").stat().st_mode) == 0o600
        assert os.listdir(tmp_path) == ["s"]

    def test_damaged_json_is_as_good_as_none(self, tmp_path):
        (tmp_path / "j").write_text('{"a": ')
        assert files.read_json(tmp_path / "j") == {}

    def test_fingerprint_sees_names_and_contents_but_not_skipped_folders(
        self, tmp_path
    ):
        (tmp_path / "models").mkdir()
        (tmp_path / "models" / "a.py").write_text("1")
        first = files.tree_fingerprint(tmp_path, ["tests"])
        (tmp_path / "tests").mkdir()
        (tmp_path / "tests" / "t.py").write_text("1")
        assert files.tree_fingerprint(tmp_path, ["tests"]) == first
        (tmp_path / "models" / "a.py").rename(tmp_path / "models" / "b.py")
        assert files.tree_fingerprint(tmp_path, ["tests"]) != first


class TestPorts:
    def test_busy_port_gives_the_next_one_and_it_is_remembered(self, tmp_path):
        memory = tmp_path / "ports.json"
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            busy = taken.getsockname()[1]
            chosen, moved = ports.claim(["odoo"], memory, {"odoo": busy})
        assert chosen["odoo"] > busy
        assert moved == ["odoo"]
        again, moved = ports.claim(["odoo"], memory)
        assert again == chosen
        assert not moved

    def test_two_services_never_get_one_port(self, tmp_path):
        free = ports.any_free(1)[0]
        chosen, _moved = ports.claim(
            ["odoo", "xmpp"], tmp_path / "p", {"odoo": free, "xmpp": free}
        )
        assert len(set(chosen.values())) == 2

    def test_a_free_port_is_none_the_kernel_gives_to_connections(self, monkeypatch):
        for lowest in (ports.USUAL_KERNEL, 20_000):
            monkeypatch.setattr(ports, "_kernel_begins", lambda at=lowest: at)
            free = ports.any_free(50)
            assert len(set(free)) == 50
            assert max(free) < lowest


class TestSettings:
    def test_defaults_without_a_file(self, layout):
        chosen = settings.load(layout, {})
        assert chosen.bind == "127.0.0.1"
        assert chosen.external_postgres is None

    def test_environment_wins(self, layout):
        (layout.config / "gorod24.toml").write_text("[odoo]\nport = 8100\n")
        assert settings.load(layout, {}).ports == {"odoo": 8100}
        assert settings.load(layout, {"GOROD24_PORT": "8200"}).ports == {"odoo": 8200}

    @pytest.mark.parametrize(
        "text, word",
        [
            ("[odo]\nx = 1\n", "odo"),
            ("[odoo]\nprot = 1\n", "prot"),
            ("[odoo]\nport = 70000\n", "70000"),
            ("[postgres]\nhost = 'x'\n", "postgres"),
            ("[odoo\n", "gorod24.toml"),
        ],
    )
    def test_a_mistake_is_named(self, layout, text, word):
        (layout.config / "gorod24.toml").write_text(text)
        with pytest.raises(Trouble, match=word) as caught:
            settings.load(layout, {})
        assert caught.value.mend


class TestSecrets:
    def test_made_once_closed_and_completed_later(self, tmp_path):
        path = tmp_path / "secrets.json"
        first = secret_store.SecretStore(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        values = files.read_json(path)
        del values["connector_token"]
        files.write_json(path, values, 0o600)
        second = secret_store.SecretStore(path)
        assert second["postgres"] == first["postgres"]
        assert second["connector_token"] != first["connector_token"]
        assert set(second.demo_passwords()) >= {"operator", "duty", "admin"}


class TestLocks:
    def test_second_holder_is_told_who_is_first(self, tmp_path):
        path = tmp_path / "lock"
        with sole(path, "занято {pid}", "ждите"):
            assert FileLock(path).holder() == os.getpid()
            with pytest.raises(Trouble, match=str(os.getpid())):
                with sole(path, "занято {pid}", "ждите"):
                    pass
        assert FileLock(path).holder() is None


class TestOdoo:
    def test_only_odoo_19_is_taken(self, tmp_path):
        with pytest.raises(Trouble, match="нет Odoo"):
            odoo_source.OdooSource.at(tmp_path)
        (tmp_path / "odoo").mkdir()
        release = tmp_path / "odoo" / "release.py"
        release.write_text("version_info = (18, 0, 0, 'final', 0, '')")
        with pytest.raises(Trouble, match="не Odoo 19"):
            odoo_source.OdooSource.at(tmp_path)
        release.write_text("version_info = (19, 0, 0, 'final', 0, '')")
        assert odoo_source.OdooSource.at(tmp_path).addons_paths == (
            tmp_path / "addons",
            tmp_path / "odoo" / "addons",
        )

    def test_broken_links_are_found(self, tmp_path):
        (tmp_path / "good").write_text("x")
        (tmp_path / "link").symlink_to("good")
        (tmp_path / "bad").symlink_to("nowhere")
        assert odoo_source.broken_links(tmp_path) == [tmp_path / "bad"]

    def test_essence_of_a_log_is_the_error_without_frames(self):
        text = (
            "2026-11-23 20:55:10,163 1 INFO db odoo: fine\n"
            "2026-11-23 20:55:10,163 1 ERROR db odoo: bad\n"
            "Traceback (most recent call last):\n"
            '  File "x.py", line 1, in <module>\n'
            "ValueError: why\n"
            "2026-11-23 20:55:10,163 1 INFO db odoo: end\n"
        )
        assert odoo_server.essence(text).splitlines() == [
            "2026-11-23 20:55:10,163 1 ERROR db odoo: bad",
            "ValueError: why",
        ]
        assert odoo_server.essence("2026-11-23 20:55:10,163 1 INFO db x: ok\n") == ""


class TestDatabases:
    def test_addons_without_their_base_are_left_out(self):
        manifests = {
            "gorod24": {"depends": ["gorod24_report"]},
            "gorod24_report": {"depends": ["gorod24_appeals", "web"]},
            "gorod24_appeals": {"depends": ["helpdesk_mgmt"]},
            "gorod24_old": {"installable": False},
        }
        assert databases.complete_addons(manifests) == {
            "gorod24",
            "gorod24_report",
            "gorod24_appeals",
        }
        del manifests["gorod24_report"]
        assert databases.complete_addons(manifests) == {"gorod24_appeals"}

    def test_unusual_names_never_reach_sql(self):
        assert sql.quoted("gorod24") == '"gorod24"'
        with pytest.raises(ValueError, match="unsafe"):
            sql.quoted('x"; DROP DATABASE y')
        assert sql.literal("it's") == "'it''s'"


@pytest.mark.parametrize(
    "value, text",
    [(0.44, "0,4 с"), (12.2, "12 с"), (125, "2 мин 05 с")],
)
def test_duration_as_people_write_it(value, text):
    assert console.seconds(value) == text


def test_trouble_says_what_and_what_to_do():
    text = str(Trouble("Диск полон.", "освободите место.", "a\nb"))
    assert text == "Диск полон.\n    a\n    b\nЧто делать: освободите место."
