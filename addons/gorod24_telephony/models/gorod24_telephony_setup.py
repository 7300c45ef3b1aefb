# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

STEPS = [
    ("exchange", "Exchange"),
    ("operators", "Operators"),
    ("numbers", "Numbers"),
    ("sources", "Sources and tokens"),
    ("checks", "Checks"),
    ("calibration", "Trial call"),
]
# Field → (parameter, what counts when nothing is set). The parameters are the ones
# the telephone numbers, dialling and the ledger read; nothing is kept twice.
PARAMETERS = {
    "city_code": ("gorod24.city_code", "3852"),
    "outside_prefixes": ("gorod24.outside_prefixes", "90,9"),
    "own_numbers": ("gorod24.own_numbers", ""),
    "outside_prefix": ("gorod24_telephony.outside_prefix", "9"),
    "trunk_prefix": ("gorod24_telephony.trunk_prefix", "8"),
    "inner_digits_min": ("gorod24_telephony.inner_digits_min", "2"),
    "inner_digits": ("gorod24_telephony.inner_digits", "5"),
    "no_recording_hours": ("gorod24_telephony.no_recording_hours", "2"),
}
WHOLE = ("inner_digits_min", "inner_digits", "no_recording_hours")


class TelephonySetup(models.Model):
    """How the hotline is connected to its telephone exchange, step by step.

    There is one. Adapters add the fields and the checks of their exchange.
    """

    _name = "gorod24.telephony.setup"
    _description = "Setup of telephony"

    name = fields.Char(required=True, translate=True)
    step = fields.Selection(STEPS, required=True, default="exchange")
    operator_ids = fields.Many2many(
        "res.users", compute="_compute_operator_ids", string="Operators' telephones"
    )
    operators_without = fields.Char(
        "Operators without a telephone", compute="_compute_operator_ids"
    )
    city_code = fields.Char(
        "Code of the city",
        compute="_compute_numbers",
        readonly=False,
        help="Put before short numbers of the city: 123456 → 3852 123456.",
    )
    outside_prefixes = fields.Char(
        "Outside-line digits in incoming numbers",
        compute="_compute_numbers",
        readonly=False,
        help="Separated by commas, for example 90,9: taken off a caller's number.",
    )
    own_numbers = fields.Char(
        "Own numbers",
        compute="_compute_numbers",
        readonly=False,
        help="Numbers of the hotline and the offices, separated by commas; 385237* is a"
        " range. Nobody is looked up by them.",
    )
    outside_prefix = fields.Char(
        "Outside line when dialling",
        compute="_compute_numbers",
        readonly=False,
        help="Digits the exchange wants before a city number; may be empty.",
    )
    trunk_prefix = fields.Char(
        "Long distance",
        compute="_compute_numbers",
        readonly=False,
        help="The digit before the area code, 8 in Russia.",
    )
    inner_digits_min = fields.Integer(
        "Internal numbers, digits from",
        compute="_compute_numbers",
        readonly=False,
    )
    inner_digits = fields.Integer("to", compute="_compute_numbers", readonly=False)
    no_recording_hours = fields.Integer(
        "Recordings are late after, h",
        compute="_compute_numbers",
        readonly=False,
        help="A talk stands on the list “Appeals without a recording” after so many"
        " hours.",
    )
    dial_example = fields.Char("Is dialled as", compute="_compute_dial_example")
    source_ids = fields.Many2many(
        "gorod24.telephony.source", compute="_compute_source_ids", string="Sources"
    )
    check_ids = fields.One2many("gorod24.telephony.check", "setup_id", "Checks")
    check_operator_id = fields.Many2one(
        "res.users",
        "Operator to check",
        domain=[("telephony_agent_id", "!=", False)],
        help="His state is read; he is neither signed in nor out.",
    )

    def _compute_operator_ids(self):
        group = "gorod24_appeals.group_operator"
        # Names and telephones of the hotline's own staff, for its administrator.
        users = self.env.ref(group).sudo().all_user_ids.filtered("active")
        seated = users.filtered("telephony_agent_id").sorted("telephony_extension")
        without = (users - seated - self.env.ref("base.user_root").sudo()).sorted()
        for setup in self:
            setup.operator_ids = seated.ids
            setup.operators_without = ", ".join(without.mapped("name"))

    def _compute_numbers(self):
        # Reading settings: no personal data behind this sudo.
        get = self.env["ir.config_parameter"].sudo().get_param
        for setup in self:
            for name, (parameter, default) in PARAMETERS.items():
                value = get(parameter, default).strip()
                if name in WHOLE:
                    value = int(value) if str(value).isdigit() else int(default)
                setup[name] = value

    def write(self, vals):
        numbers = {name: vals[name] for name in PARAMETERS if name in vals}
        rest = {name: vals[name] for name in vals if name not in PARAMETERS}
        result = super().write(rest)
        if numbers:
            self._write_numbers(numbers)
        return result

    def _write_numbers(self, numbers):
        """Keep ``numbers`` (of PARAMETERS) where dialling reads them."""
        self._check_administrator()
        self.check_access("write")
        self.ensure_one()
        present = {name: self[name] for name in PARAMETERS}
        values = {
            name: value.replace(" ", "") if isinstance(value, str) else value
            for name, value in (present | numbers).items()
        }
        self._check_numbers(values)
        # The right to the setup is checked; these settings are what it is for.
        parameters = self.env["ir.config_parameter"].sudo()
        for name in numbers:
            parameter, default = PARAMETERS[name]
            value = str(values[name] or (0 if name in WHOLE else ""))
            if value != parameters.get_param(parameter, default).strip():
                # an empty outside line is a setting, too: a space is kept for it
                empty = " " if default else ""
                parameters.set_param(parameter, value or empty)
        self.invalidate_recordset([*PARAMETERS, "dial_example"])

    def _check_numbers(self, values):
        """Refuse nonsense, naming the field in words."""
        for name in ("city_code", "outside_prefix", "trunk_prefix"):
            value = values[name] or ""
            if (value and not value.isdigit()) or len(value) > 6:
                raise ValidationError(self._wrong(name, self.env._("digits only")))
        if not values["city_code"]:
            raise ValidationError(self._wrong("city_code", self.env._("is needed")))
        for part in (values["outside_prefixes"] or "").split(","):
            if part and not part.isdigit():
                text = self.env._("digits, separated by commas")
                raise ValidationError(self._wrong("outside_prefixes", text))
        if not 1 <= values["inner_digits_min"] <= values["inner_digits"] <= 7:
            text = self.env._("from 1 to 7, the smaller first")
            raise ValidationError(self._wrong("inner_digits_min", text))
        if not 0 <= values["no_recording_hours"] <= 999:
            text = self.env._("from 0 to 999")
            raise ValidationError(self._wrong("no_recording_hours", text))

    def _wrong(self, name, text):
        label = self._fields[name].get_description(self.env, ["string"])["string"]
        return self.env._("“%(field)s”: %(text)s.", field=label, text=text)

    @api.depends("outside_prefix", "trunk_prefix", "city_code")
    def _compute_dial_example(self):
        for setup in self:
            prefix = (setup.outside_prefix or "").strip()
            trunk = (setup.trunk_prefix or "").strip()
            city = (setup.city_code or "").strip()
            local = "1234567"[: max(0, 10 - len(city))]
            setup.dial_example = f"{prefix}{trunk}{city}{local}"

    def _compute_source_ids(self):
        sources = self.env["gorod24.telephony.source"].search([])
        for setup in self:
            setup.source_ids = sources

    # Steps ---------------------------------------------------------------------------

    def action_next(self):
        """Go to the next step."""
        self._move(1)

    def action_back(self):
        """Go to the step before."""
        self._move(-1)

    def _move(self, by):
        self.ensure_one()
        keys = [key for key, _label in STEPS]
        place = keys.index(self.step) + by
        self.step = keys[min(max(place, 0), len(keys) - 1)]
        if self.step == "checks":
            self._sync_checks()

    @api.onchange("step")
    def _onchange_step(self):
        if self.step == "checks" and self._origin:
            self._origin._sync_checks()

    def action_operators(self):
        """Open the table of operators and their telephones."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Operators and telephones"),
            "res_model": "gorod24.telephony.operators",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def action_new_source(self):
        """Open a new source of events; its token is shown once."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New source"),
            "res_model": "gorod24.telephony.source",
            "view_mode": "form",
            "views": [(False, "form")],
        }

    # Checks --------------------------------------------------------------------------

    @api.model
    def _check_kinds(self):
        """Return {key: title} of the links that can be checked, in order.

        Hook of the adapters; a key is checked by the method ``_check_link_<key>``.
        """
        return {"sources": self.env._("Sources of events: who spoke and when")}

    def _sync_checks(self):
        """Have a line for each link there is."""
        self.ensure_one()
        self._check_administrator()
        # Lines are made and written by the checks alone.
        lines = self.check_ids.sudo()
        kinds = list(self._check_kinds())
        lines.filtered(lambda line: line.kind not in kinds).unlink()
        missing = set(kinds) - set(lines.mapped("kind"))
        lines.create([{"setup_id": self.id, "kind": kind} for kind in missing])
        for line in self.check_ids.sudo():
            line.sequence = kinds.index(line.kind)

    def action_check_all(self):
        """Check every link, one after another."""
        self.ensure_one()
        self._sync_checks()
        for line in self.check_ids.sorted("sequence"):
            line.action_check()

    def _check_link_sources(self, _line):
        """Tell which sources spoke; none within a day is worth a look."""
        sources = self.env["gorod24.telephony.source"].search(
            [("last_seen", "!=", False)], order="last_seen desc", limit=5
        )
        if not sources:
            return (
                "warning",
                self.env._("No source has sent anything yet."),
                self.env._("Start the connector or put the token into the exchange."),
            )
        # Like every datetime of the form: in the zone of the administrator.
        told = ", ".join(
            f"{source.name} – {_local(source, source.last_seen)}" for source in sources
        )
        day_ago = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        if sources[0].last_seen < day_ago:
            return (
                "warning",
                self.env._("Last message: %(told)s.", told=told),
                self.env._("Nothing came for a day. Check the connector."),
            )
        return "good", self.env._("Last message: %(told)s.", told=told), ""

    def _check_administrator(self):
        if self.env.su or self.env.user.has_group(
            "gorod24_appeals.group_administrator"
        ):
            return
        raise AccessError(self.env._("Only administrators set telephony up."))


def _local(record, moment):
    moment = fields.Datetime.context_timestamp(record, moment)
    return moment.strftime("%d.%m.%Y %H:%M")
