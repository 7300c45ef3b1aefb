# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..connector.settings import SettingsError
from ..setup_file import differences, environment, render, wanted

TLS = [
    ("direct", "TLS from the start (port 5223)"),
    ("starttls", "STARTTLS (port 5222)"),
    ("none", "None, on this computer only"),
]
TRANSPORT = [
    ("tcp", "XMPP over TCP (port 5223 or 5222)"),
    ("websocket", "WebSocket (port 7443 or 8445)"),
    ("bosh", "BOSH (port 7443)"),
]
# Key of the settings file → field. The rest of the file comes from other settings.
KEYS = {
    "finesse.name": "cisco_name",
    "finesse.transport": "cisco_transport",
    "finesse.base_url": "cisco_base_url",
    "finesse.xmpp_host": "cisco_xmpp_host",
    "finesse.xmpp_port": "cisco_xmpp_port",
    "finesse.xmpp_domain": "cisco_xmpp_domain",
    "finesse.xmpp_tls": "cisco_xmpp_tls",
    "finesse.verify_tls": "cisco_verify_tls",
    "finesse.ca_bundle": "cisco_ca_bundle",
    "finesse.number_variable": "cisco_number_variable",
    "finesse.secondary.base_url": "cisco_second_base_url",
    "finesse.secondary.xmpp_host": "cisco_second_xmpp_host",
    "finesse.secondary.xmpp_port": "cisco_second_xmpp_port",
    "odoo.url": "cisco_odoo_url",
    "commands.port": "cisco_command_port",
    "cdr.folder": "cisco_cdr_folder",
    "cdr.done": "cisco_cdr_done",
    "cdr.failed": "cisco_cdr_failed",
    "recordings.folder": "cisco_recordings_folder",
    "recordings.done": "cisco_recordings_done",
    "recordings.failed": "cisco_recordings_failed",
    "recordings.recorder": "cisco_recorder",
    "recordings.timezone": "cisco_recorder_zone",
    "recordings.name_pattern": "cisco_name_pattern",
    "mediasense.base_url": "cisco_mediasense_url",
    "mediasense.username": "cisco_mediasense_user",
    "mediasense.name": "cisco_mediasense_name",
    "mediasense.ca_bundle": "cisco_mediasense_ca",
    "spool.folder": "cisco_spool_folder",
    "times.ping_every": "cisco_ping_every",
    "times.compare_every": "cisco_compare_every",
    "times.backoff_max": "cisco_backoff_max",
    "times.command_wait": "cisco_command_wait",
    "times.node_check": "cisco_node_check",
    "times.return_after": "cisco_return_after",
}
DEPENDS = (
    *KEYS.values(),
    "cisco_index_columns",
    "cisco_cdr_extensions",
    "cisco_cdr_lines",
    "inner_digits",
    "inner_digits_min",
)
DIALOG_IDS = "gorod24_cisco.dialog_ids_are_jtapi"


class TelephonySetup(models.Model):
    """The connector's settings: kept here, carried to its host as a file.

    The connector stays a process without a database. Passwords and tokens are not
    kept: the administrator writes them into the file of secrets on the host.
    """

    _inherit = "gorod24.telephony.setup"

    cisco_name = fields.Char("Name of the exchange", default="fin1")
    cisco_base_url = fields.Char("Finesse, first node")
    cisco_xmpp_host = fields.Char("XMPP host, first node")
    cisco_xmpp_port = fields.Integer("XMPP port", default=5223)
    cisco_xmpp_domain = fields.Char(
        "XMPP domain", help="Left empty it is asked from Finesse (SystemInfo)."
    )
    cisco_xmpp_tls = fields.Selection(
        TLS, "Encryption of XMPP", default="direct", required=True
    )
    cisco_transport = fields.Selection(
        TRANSPORT,
        "Way of the notifications",
        default="tcp",
        required=True,
        help="WebSocket or BOSH where the firewall lets through only the ports that"
        " browsers use. Then the XMPP ports are theirs.",
    )
    cisco_verify_tls = fields.Boolean("Check certificates", default=True)
    cisco_ca_bundle = fields.Char(
        "Certificates of the own authority",
        help="Path of a PEM file on the connector's computer.",
    )
    cisco_number_variable = fields.Char(
        "Variable with the caller's number",
        help="Only where the script of UCCX puts the citizen's number into a variable"
        " of the call, because the exchange shows another: callVariable1 to"
        " callVariable10, or a variable of its own such as user.caller.",
    )
    cisco_second_base_url = fields.Char("Finesse, second node")
    cisco_second_xmpp_host = fields.Char("XMPP host, second node")
    cisco_second_xmpp_port = fields.Integer("XMPP port, second node", default=5223)
    cisco_odoo_url = fields.Char(
        "Address of Odoo for the connector",
        help="As the connector reaches it, for example http://127.0.0.1:8069.",
    )
    cisco_command_port = fields.Integer("Port of the connector", default=8095)
    cisco_cdr_folder = fields.Char("Folder of the journals (CDR)")
    cisco_cdr_done = fields.Char("Journals, read")
    cisco_cdr_failed = fields.Char("Journals, refused")
    cisco_cdr_lines = fields.Char(
        "Numbers of the hotline",
        help="Route points, pilots and queues of the hotline, separated by commas; 77*"
        " is a series, * the whole exchange. Its other calls are not taken.",
    )
    cisco_cdr_extensions = fields.Char(
        "Further telephones",
        help="Internal numbers of people who are no agents, separated by commas.",
    )
    cisco_recordings_folder = fields.Char("Folder of the recordings")
    cisco_recordings_done = fields.Char("Recordings, taken")
    cisco_recordings_failed = fields.Char("Recordings, refused")
    cisco_recorder = fields.Char("Name of the recorder", default="recorder")
    cisco_recorder_zone = fields.Char("Time zone of the recorder", default="UTC")
    cisco_name_pattern = fields.Char(
        "Pattern of file names", help="Regular expression with named groups."
    )
    cisco_index_columns = fields.Text(
        "Columns of the CSV index",
        help="One a line, what it is and how the column is called: started_at = Start",
    )
    cisco_mediasense_url = fields.Char("MediaSense")
    cisco_mediasense_user = fields.Char("User of MediaSense")
    cisco_mediasense_name = fields.Char("Name as recorder", default="mediasense")
    cisco_mediasense_ca = fields.Char("Certificates for MediaSense")
    cisco_spool_folder = fields.Char(
        "Folder of the queue", default="/var/lib/gorod24-cisco"
    )
    cisco_ping_every = fields.Float("Ping XMPP every, s", default=10)
    cisco_compare_every = fields.Float("Compare the state every, s", default=60)
    cisco_backoff_max = fields.Float("Longest pause between tries, s", default=15)
    cisco_command_wait = fields.Float("Wait for a command, s", default=2.5)
    cisco_node_check = fields.Float("Look at the nodes every, s", default=10)
    cisco_return_after = fields.Float("Return to the first node after, s", default=30)
    # What follows of them ------------------------------------------------------------
    cisco_problems = fields.Text("What is missing", compute="_compute_cisco_files")
    cisco_file = fields.Binary("Settings file", compute="_compute_cisco_files")
    cisco_file_name = fields.Char(compute="_compute_cisco_files")
    cisco_secrets = fields.Binary("File of secrets", compute="_compute_cisco_files")
    cisco_secrets_name = fields.Char(compute="_compute_cisco_files")
    cisco_running = fields.Json(readonly=True)
    cisco_running_at = fields.Datetime("Connector asked", readonly=True)
    cisco_differences = fields.Html(
        "Wizard and connector", compute="_compute_cisco_differences", sanitize=False
    )
    cisco_connector_url = fields.Char(
        "Connector, by the settings of the server", compute="_compute_cisco_connector"
    )

    def _compute_cisco_connector(self):
        option = self.env["gorod24.telephony.adapter"]._connector_option
        for setup in self:
            setup.cisco_connector_url = option("url")

    @api.depends(*DEPENDS)
    def _compute_cisco_files(self):
        for setup in self:
            values, agents = setup._cisco_values(), setup._cisco_agents()
            setup.cisco_problems = "\n".join(setup._cisco_problems())
            setup.cisco_file_name = "connector.toml"
            setup.cisco_secrets_name = "connector.env"
            setup.cisco_file = base64.b64encode(render(values, agents).encode())
            secrets = environment(values, agents)
            setup.cisco_secrets = base64.b64encode(secrets.encode())

    def _cisco_values(self):
        """Return the values of the settings file by ``section.key``."""
        self.ensure_one()
        values = {key: self[name] or "" for key, name in KEYS.items()}
        for key, name in KEYS.items():
            if self._fields[name].type == "boolean":
                values[key] = bool(self[name])
            elif isinstance(values[key], str):
                values[key] = values[key].strip()
        values["commands.host"] = "127.0.0.1"
        low, high = self.inner_digits_min, self.inner_digits
        values["cdr.inner_numbers"] = rf"\d{{{low},{high}}}"
        # Reading a setting: what the trial call found out.
        holds = self.env["ir.config_parameter"].sudo().get_param(DIALOG_IDS, "1")
        values["cdr.dialog_ids_are_jtapi"] = holds != "0"
        values["cdr.lines"] = self._cisco_parts(self.cisco_cdr_lines)
        values["cdr.extensions"] = self._cisco_parts(self.cisco_cdr_extensions)
        values["recordings.index_columns"] = self._cisco_columns()
        return values

    @staticmethod
    def _cisco_parts(text):
        parts = (text or "").replace(";", ",").split(",")
        return [part.strip() for part in parts if part.strip()]

    def _cisco_columns(self):
        """Return {what: name of the column} of the lines “what = column”."""
        pairs = (
            line.partition("=") for line in (self.cisco_index_columns or "").split("\n")
        )
        return {key.strip(): name.strip() for key, _mark, name in pairs if name.strip()}

    def _cisco_agents(self):
        """Return the operators' (agent, telephone) pairs for the file."""
        return [
            (user.telephony_agent_id, user.telephony_extension)
            for user in self.operator_ids.sorted("telephony_agent_id")
            if user.telephony_extension
        ]

    # The running connector -----------------------------------------------------------

    def action_ask_connector(self):
        """Ask the running connector for its settings and keep them for comparing."""
        self.ensure_one()
        self._check_administrator()
        answer = self._connector_settings()
        if isinstance(answer, str):
            raise UserError(self._cisco_words(answer, {})[0])
        return True

    def action_take_running(self):
        """Take the settings of the running connector over into the wizard."""
        self.ensure_one()
        self.action_ask_connector()
        running = self.cisco_running
        vals = {}
        for key, name in KEYS.items():
            if key in running:
                vals[name] = running[key]
            elif self._fields[name].type == "char":
                vals[name] = False  # a part the connector runs without
        columns = running.get("recordings.index_columns") or {}
        vals["cisco_index_columns"] = "\n".join(
            f"{key} = {name}" for key, name in columns.items()
        )
        vals["cisco_cdr_lines"] = ", ".join(running.get("cdr.lines") or [])
        vals["cisco_cdr_extensions"] = ", ".join(running.get("cdr.extensions") or [])
        return self.write(vals)

    @api.depends(*DEPENDS, "cisco_running")
    def _compute_cisco_differences(self):
        for setup in self:
            setup.cisco_differences = setup._cisco_table()

    def _cisco_table(self):
        """Return the comparison as a small table, or a sentence."""
        if not self.cisco_running:
            text = self.env._("The running connector has not been asked yet.")
            return Markup('<p class="text-muted">%s</p>') % text
        try:
            rows = differences(
                wanted(self._cisco_values(), self._cisco_agents()), self.cisco_running
            )
        except SettingsError:
            text = self.env._("First fill in what is missing above.")
            return Markup('<p class="text-muted">%s</p>') % text
        rows = [row for row in rows if row[0] != "mediasense.events_url"]
        if not rows:
            text = self.env._("The connector runs with exactly these settings.")
            return Markup('<p class="text-success">%s</p>') % text
        head = (
            self.env._("Setting"),
            self.env._("In the wizard"),
            self.env._("In the running connector"),
        )
        lines = [
            Markup("<tr><td>%s</td><td>%s</td><td>%s</td></tr>")
            % (self._cisco_label(key), self._cisco_shown(ours), self._cisco_shown(its))
            for key, ours, its in rows
        ]
        table = (
            '<table class="table table-sm o_g24_differences"><thead><tr>'
            "<th>%s</th><th>%s</th><th>%s</th></tr></thead><tbody>%s</tbody></table>"
        )
        return Markup(table) % (*head, Markup("").join(lines))

    def _cisco_label(self, key):
        """Return the name of a setting for people."""
        section, _dot, name = key.partition(".")
        if section == "agent":
            return self.env._("Telephone of the agent %(agent)s", agent=name)
        labels = {
            "cdr.dialog_ids_are_jtapi": self.env._("Names of calls by the formula"),
            "cdr.inner_numbers": self.env._("Internal numbers"),
            "cdr.lines": self._cisco_field_label("cisco_cdr_lines"),
            "cdr.extensions": self._cisco_field_label("cisco_cdr_extensions"),
            "recordings.index_columns": self._cisco_field_label("cisco_index_columns"),
        }
        if key in KEYS:
            return self._cisco_field_label(KEYS[key])
        return labels.get(key, key)

    def _cisco_field_label(self, name):
        return self._fields[name].get_description(self.env, ["string"])["string"]

    def _cisco_shown(self, value):
        if isinstance(value, bool):
            return self.env._("yes") if value else self.env._("no")
        if isinstance(value, list):
            return ", ".join(map(str, value)) or "–"
        if isinstance(value, dict):
            return ", ".join(f"{key} = {item}" for key, item in value.items()) or "–"
        return "–" if value in (None, "") else str(value)
