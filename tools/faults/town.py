# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A whole hotline with many telephones, on a PostgreSQL server of its own.

Its server may be killed: it is not the one that `run` and the other tests share.
"""

import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, replace

from tools.bootstrap import ports
from tools.bootstrap.databases import Databases
from tools.bootstrap.errors import Trouble
from tools.bootstrap.house import building, opened
from tools.bootstrap.odoo_server import Odoo
from tools.bootstrap.postgres import Cluster
from tools.bootstrap.stack import PORTS, Stack
from tools.bootstrap.staff import many_agents

NAME = "faults"
# After a blow PostgreSQL looks through all its files: by one call, not one by one.
QUICK = "recovery_init_sync_method = syncfs\n"

STAFF_SCRIPT = """
import json
from odoo.http import get_default_session, root
agents = json.loads({agents!r})
group = env.ref("gorod24_appeals.group_operator")
values = [
    {{
        "name": "Оператор " + extension,
        "login": login,
        "group_ids": [(4, group.id)],
        "telephony_agent_id": agent,
        "telephony_extension": extension,
        "lang": "ru_RU",
        "tz": "Asia/Barnaul",
    }}
    for agent, extension, login in agents
]
users = env["res.users"].with_context(no_reset_password=True).create(values)
env.flush_all()
sessions = {{}}
for user in users:
    session = root.session_store.new()
    session.update(
        get_default_session(),
        db=env.cr.dbname,
        uid=user.id,
        login=user.login,
        context=dict(user.with_user(user).context_get()),
        session_token=user.with_user(user)._compute_session_token(session.sid),
        _trace_disable=True,
    )
    root.session_store.save(session)
    sessions[user.telephony_agent_id] = [user.id, session.sid]
with open({target!r}, "w") as stream:
    json.dump(sessions, stream)
"""


@dataclass
class Town:
    """What a trial may ask.

    :param sessions: {agent id: (user id, id of a signed-in browser session)}
    """

    stack: Stack
    cluster: Cluster
    database: str
    sessions: dict
    filestore: object

    @property
    def agents(self):
        return self.stack.agents

    def query(self, sql):
        """Rows of a query as lists of strings ('' for NULL)."""
        return self.cluster.connection.query(self.database, sql)

    def service(self, name):
        return self.stack.supervisor.get(name)

    def kill(self, name):
        """The service dies without a word."""
        service = self.service(name)
        service.process.kill()
        service.process.wait()

    def start(self, name):
        service = self.service(name)
        service.spawn()
        service.wait_ready()


@contextmanager
def town(lines, workers=2):
    """A running town with so many telephones; its processes end with the block."""
    with opened() as house:
        with building(house.layout):
            source = house.databases.city()
        cluster = Cluster(house.layout, house.secrets, f"pg-{NAME}", QUICK)
        cluster.acquire(ports.any_free(1)[0])
        try:
            with _built(house, cluster, source, lines, workers) as made:
                yield made
        finally:
            cluster.release()


@contextmanager
def _built(house, cluster, source, lines, workers):
    odoo = Odoo(house.layout, house.odoo.source, cluster.connection, house.secrets)
    folder = house.layout.runtime / "test" / f"{NAME}-{os.getpid()}"
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "build.conf"
    odoo.write_config(config, http_port=1, cron_threads=0)
    databases = Databases(house.layout, odoo, config)
    _bring(house.connection, cluster.connection, source)
    name = f"g24_{NAME}_{os.getpid()}"
    databases.copy(source, name)
    stack = Stack(
        odoo,
        database=name,
        ports=dict(zip(PORTS, ports.any_free(len(PORTS)), strict=True)),
        folder=folder,
        logs=folder / "log",
        settings=replace(house.settings, workers=workers, bind="127.0.0.1"),
        quiet=True,
        agents=many_agents(lines),
        gate=False,
    )
    databases.set_address(name, stack.url)
    sessions = _staff(odoo, config, name, stack, folder)
    try:
        stack.start()
        yield Town(stack, cluster, name, sessions, databases.filestore(name))
    finally:
        stack.stop()
        if not os.environ.get("GOROD24_KEEP"):
            databases.drop(name)
            shutil.rmtree(folder / "recordings", ignore_errors=True)


def _bring(here, there, source):
    """Copy the template to the other server, unless it is there already."""
    if there.exists(source):
        return
    for old in there.databases("g24_"):
        there.drop(old)
    working = "g24_new"
    there.create(working)
    dump = subprocess.Popen(
        [here.program("pg_dump"), "-Fc", "-Z0", source],
        env=here.environment(source),
        stdout=subprocess.PIPE,
    )
    restore = subprocess.run(
        [there.program("pg_restore"), "--no-owner", "--no-comments", "-d", working],
        env=there.environment(working),
        stdin=dump.stdout,
        capture_output=True,
        text=True,
        check=False,
    )
    if dump.wait() or restore.returncode:
        raise Trouble(
            "Учебный город не перенёсся на отдельный сервер.", restore.stderr[-500:]
        )
    there.query(working, "VACUUM ANALYZE")
    there.rename(working, source)


def _staff(odoo, config, database, stack, folder):
    """Operators with telephones and their signed-in sessions."""
    target = folder / "sessions.json"
    agents = [[a.id, a.extension, a.login] for a in stack.agents]
    script = STAFF_SCRIPT.format(agents=json.dumps(agents), target=str(target))
    what = "Операторы не заведены."
    odoo.shell(config, database, script, what, folder / "staff.log")
    return json.loads(target.read_text(encoding="utf-8"))
