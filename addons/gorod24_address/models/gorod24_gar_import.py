# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..gar import staging

OPEN_STATES = ("queued", "running", "confirm")
COUNTED = ("added", "changed", "archived", "unchanged", "refused")
#: What a curator chooses; everything else is written by the methods.
INPUTS = {"source", "file", "filename", "server_file", "kind", "hierarchy"}
CHOICE = INPUTS | {"region_ids", "municipality_ids"}


class Gorod24GarImport(models.Model):
    """One import of the State Address Register: what is read, how far, what changed.

    The work itself is done by a scheduled job, see `gorod24_gar_import_run`.
    """

    _name = "gorod24.gar.import"
    _description = "Import of the State Address Register"
    _order = "id desc"

    source = fields.Selection(
        [("upload", "Upload a file"), ("server", "A file on the server")],
        required=True,
        default="upload",
    )
    file = fields.Binary(string="Archive", attachment=True)
    filename = fields.Char(string="File name")
    server_file = fields.Char(
        string="File in the folder",
        help="Large archives do not go through a browser: the administrator puts them"
        " into the folder named by gorod24_gar_folder in the server's configuration.",
    )
    server_files = fields.Json(
        compute="_compute_server_files", export_string_translation=False
    )
    server_folder = fields.Char(compute="_compute_server_files", string="Folder")
    kind = fields.Selection(
        [("full", "Full archive"), ("delta", "Changes only")],
        string="Contents",
        required=True,
        default="full",
        help="Full: what is not in the archive is archived here too."
        " Changes: only what is in the archive is touched.",
    )
    hierarchy = fields.Selection(
        [("mun", "Municipal division"), ("adm", "Administrative division")],
        string="Division",
        required=True,
        default="mun",
    )
    version = fields.Char(readonly=True, help="As version.txt writes it: 2026.03.10.")
    edition = fields.Date(compute="_compute_edition")
    last_edition = fields.Date(
        string="Last imported edition", compute="_compute_last_edition"
    )
    is_older = fields.Boolean(
        compute="_compute_last_edition", export_string_translation=False
    )
    region_ids = fields.Many2many(
        "gorod24.gar.import.unit",
        "gorod24_gar_import_region_rel",
        string="Regions",
        domain="[('import_id', '=', id), ('is_region', '=', True)]",
    )
    municipality_ids = fields.Many2many(
        "gorod24.gar.import.unit",
        "gorod24_gar_import_municipality_rel",
        string="Municipalities",
        domain="[('import_id', '=', id), ('is_region', '=', False)]",
        help="Nothing chosen: the whole of the chosen regions.",
    )
    unit_ids = fields.One2many("gorod24.gar.import.unit", "import_id")
    state = fields.Selection(
        [
            ("draft", "File"),
            ("ready", "Choice"),
            ("queued", "Waiting"),
            ("running", "Running"),
            ("confirm", "Needs an answer"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        readonly=True,
        index=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Started by",
        readonly=True,
        default=lambda self: self.env.user,
    )
    started_at = fields.Datetime(string="Started", readonly=True)
    finished_at = fields.Datetime(string="Finished", readonly=True)
    message = fields.Text(readonly=True)
    confirmed = fields.Boolean(readonly=True)
    cancel_requested = fields.Boolean(readonly=True)
    attempts = fields.Integer(readonly=True, export_string_translation=False)
    fingerprint = fields.Char(readonly=True, export_string_translation=False)
    stage_ids = fields.One2many("gorod24.gar.import.stage", "import_id", readonly=True)
    progress = fields.Float(compute="_compute_progress")
    stage_label = fields.Char(compute="_compute_progress", string="Now")
    change_ids = fields.One2many(
        "gorod24.gar.import.change", "import_id", readonly=True
    )
    report_file = fields.Binary(
        string="All changes as a file", attachment=True, readonly=True
    )
    report_filename = fields.Char(readonly=True)
    change_count = fields.Integer(
        string="Changes", compute="_compute_change_count", store=True
    )
    address_added = fields.Integer("Streets and places added", readonly=True)
    address_changed = fields.Integer("Streets and places changed", readonly=True)
    address_archived = fields.Integer("Streets and places archived", readonly=True)
    address_unchanged = fields.Integer("Streets and places unchanged", readonly=True)
    address_refused = fields.Integer("Streets and places refused", readonly=True)
    house_added = fields.Integer("Houses added", readonly=True)
    house_changed = fields.Integer("Houses changed", readonly=True)
    house_archived = fields.Integer("Houses archived", readonly=True)
    house_unchanged = fields.Integer("Houses unchanged", readonly=True)
    house_refused = fields.Integer("Houses refused", readonly=True)

    _one_open_uidx = models.UniqueIndex(
        "((state IS NOT NULL)) WHERE state IN ('queued', 'running', 'confirm')",
        "Another import of the register is running. Wait for its end or cancel it.",
    )

    @api.depends("version", "kind", "region_ids", "municipality_ids", "filename")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for job in self:
            if not job.version:
                job.display_name = self.env._("New import of the register")
                continue
            chosen = job.municipality_ids or job.region_ids
            places = ", ".join(chosen[:3].mapped("name"))
            name = self.env._(
                "Register of %(date)s, %(kind)s",
                date=".".join(reversed(job.version.split("."))),
                kind=kinds[job.kind].lower(),
            )
            job.display_name = f"{name}: {places}" if places else name

    @api.depends("version")
    def _compute_edition(self):
        for job in self:
            job.edition = _to_date(job.version)

    @api.depends("version", "region_ids", "state")
    def _compute_last_edition(self):
        """Newest edition imported for the same regions."""
        for job in self:
            others = self.search(
                [
                    ("state", "=", "done"),
                    ("id", "!=", job._origin.id),
                    ("region_ids.region", "in", job.region_ids.mapped("region")),
                ]
            )
            last = max(others.mapped("version"), default="")
            job.last_edition = _to_date(last)
            job.is_older = (job.version or "9") < last

    @api.depends("state", "stage_ids.progress", "stage_ids.weight", "stage_ids.done")
    def _compute_progress(self):
        for job in self:
            total = sum(job.stage_ids.mapped("weight"))
            done = sum(s.weight * s.progress / 100 for s in job.stage_ids)
            job.progress = 100.0 * done / total if total else 0.0
            if job.state == "done":
                job.progress = 100.0
            current = job.stage_ids.filtered(lambda s: not s.done)[:1]
            job.stage_label = (
                current.display_name if job.state in ("running", "queued") else False
            )

    @api.depends(
        *(f"{k}_{n}" for k in ("address", "house") for n in COUNTED if n != "unchanged")
    )
    def _compute_change_count(self):
        for job in self:
            job.change_count = sum(
                job[f"{kind}_{name}"]
                for kind in ("address", "house")
                for name in ("added", "changed", "archived")
            )

    @api.onchange("filename", "server_file")
    def _onchange_filename(self):
        name = (self.server_file if self.source == "server" else self.filename) or ""
        if "delta" in name.lower():
            self.kind = "delta"
        elif name:
            self.kind = "full"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_open(self):
        if any(job.state in OPEN_STATES for job in self):
            raise UserError(self.env._("A running import is cancelled first."))

    def unlink(self):
        """A job that may no longer be continued leaves no tables behind."""
        if any(job._is_staged() for job in self):
            for statement in staging.drop_statements():
                self.env.cr.execute(SQL(statement))
        return super().unlink()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [
                {name: vals[name] for name in vals if name in CHOICE}
                for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and set(vals) - CHOICE:
            raise AccessError(
                self.env._("The state of an import is changed by its buttons only.")
            )
        if set(vals) & CHOICE and any(
            job.state not in ("draft", "ready") for job in self
        ):
            raise UserError(
                self.env._("The import is already started: make a new one instead.")
            )
        return super().write(vals)


def _to_date(version):
    """A date of «2026.03.10», or False."""
    try:
        return fields.Date.to_date((version or "").replace(".", "-")) or False
    except ValueError:
        return False
