# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.gorod24_address.parsing import Numbers, house_sort_key, read_house
from odoo.addons.gorod24_classifier.models.typed import typed_in

from .gorod24_notice import ENDED, IN_NOTICE, refuse_typed

KINDS = [
    ("house", "House"),
    ("range", "Houses of a street"),
    ("street", "Whole street"),
    ("district", "District"),
    ("city", "Whole town"),
]
LEVELS = {
    "district": ("district",),
    "city": ("city", "settlement", "area", "region"),
}
# From the first house to one beyond all that are built: one side of a whole street.
WHOLE_SIDE = 1000
PARITIES = [("all", "All"), ("even", "Even"), ("odd", "Odd")]
# What follows from the notice and from the other fields: never typed.
BY_PROGRAM = frozenset({"state", "number_from", "number_to", "label"})


class NoticePlace(models.Model):
    """One place of a notice: a house, houses of a street, a street, a district, a town.

    ``address_id`` stands in every line (for a house its street), so that one index
    finds all that may concern a house.
    """

    _name = "gorod24.notice.place"
    _description = "Place of a notice"
    _order = "notice_id, id"
    _rec_name = "label"

    notice_id = fields.Many2one(
        "gorod24.notice", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(related="notice_id.state", store=True, precompute=True)
    kind = fields.Selection(KINDS, required=True, default="street")
    building_id = fields.Many2one(
        "gorod24.building", "House", index="btree_not_null", ondelete="restrict"
    )
    address_id = fields.Many2one(
        "gorod24.address",
        "Street, district or town",
        compute="_compute_address_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
    )
    house_from = fields.Char("From house")
    house_to = fields.Char("To house")
    parity = fields.Selection(PARITIES, "Side", required=True, default="all")
    number_from = fields.Integer(
        compute="_compute_numbers", store=True, precompute=True
    )
    number_to = fields.Integer(compute="_compute_numbers", store=True, precompute=True)
    label = fields.Char("Place", compute="_compute_label", store=True, precompute=True)

    # All that may concern a house: its street, district and town, asked at every ring.
    _active_idx = models.Index("(address_id) WHERE state = 'active'")

    @api.depends("building_id")
    def _compute_address_id(self):
        for place in self:
            place.address_id = place.building_id.street_id or place.address_id

    @api.depends("house_from", "house_to")
    def _compute_numbers(self):
        for place in self:
            place.number_from = _number_of(place.house_from)
            place.number_to = _number_of(place.house_to or place.house_from)

    @api.depends(
        "kind", "building_id", "address_id", "house_from", "house_to", "parity"
    )
    def _compute_label(self):
        for place in self:
            place.label = place._get_label()

    def _get_label(self):
        """«ул. Попова, 50–98 чётные», «ул. Попова, чётные»."""
        self.ensure_one()
        if self.kind == "house":
            return self.building_id.display_name
        name = self.address_id.display_name
        if self.kind != "range":
            return name
        side = {"even": self.env._("even"), "odd": self.env._("odd")}.get(self.parity)
        if side and self.number_from == 1 and self.number_to >= WHOLE_SIDE:
            return f"{name}, {side}"
        ends = [self.house_from, self.house_to]
        if self.house_to == self.house_from:
            ends = [self.house_from]
        words = "–".join(filter(None, ends))
        return " ".join(filter(None, [f"{name}, {words}", side]))

    def _holds(self, house_key):
        """Whether a house of the street belongs to this line.

        :param house_key: normalised number of the house
        """
        self.ensure_one()
        return covers(self.house_from, self.house_to, self.parity, house_key)

    # CRUD ---------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_typed(typed_in(self, BY_PROGRAM, vals_list))
        places = super().create(vals_list)
        places._check_open()
        return places

    def write(self, vals):
        self._check_typed(vals)
        self._check_open()
        former = self.notice_id
        result = super().write(vals)
        # it may have come to another notice
        self._check_open()
        self._check_left(former)
        return result

    def unlink(self):
        former = self.notice_id
        result = super().unlink()
        self._check_left(former)
        return result

    @api.model
    def _check_typed(self, names):
        """:raises UserError: when a person sets what the program does."""
        if not self.env.su:
            refuse_typed(self, BY_PROGRAM.intersection(names))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ended(self):
        self._check_open()

    def _check_open(self):
        """:raises UserError: where it was is not changed afterwards."""
        for notice in self.notice_id:
            if notice.state in ENDED and not self.env.su:
                raise UserError(
                    self.env._(
                        "Notice %(number)s is over: enter a new one.",
                        number=notice.number,
                    )
                )

    @api.model
    def _check_left(self, notices):
        """:raises UserError: when a notice that is told would be about no place."""
        if not (self.env.su or self.env.context.get(IN_NOTICE)):
            notices._check_told()

    @api.constrains("kind", "building_id", "address_id", "house_from", "house_to")
    def _check_place(self):
        for place in self:
            fault = place._find_fault()
            if fault:
                raise ValidationError(fault)

    def _find_fault(self):
        """Return what is wrong with the line, in words, or ""."""
        self.ensure_one()
        name = self.address_id.display_name
        if self.kind == "house" and not self.building_id:
            return self.env._("Choose the house of the directory.")
        if self.kind != "house" and self.building_id:
            return self.env._("A house stands only in a line of the kind “House”.")
        if self.kind in LEVELS and self.address_id.level not in LEVELS[self.kind]:
            return self.env._("%(name)s is no district and no town.", name=name)
        if self.kind in ("range", "street") and self.address_id.level in (
            "district",
            "city",
            "area",
            "region",
        ):
            return self.env._("%(name)s is no street.", name=name)
        if self.kind == "range" and not self.number_from:
            return self.env._("%(name)s: from which house?", name=name)
        if self.kind == "range" and self.number_to < self.number_from:
            return self.env._(
                "%(name)s: the last house comes before the first one.", name=name
            )
        return ""


def covers(house_from, house_to, parity, house_key):
    """Whether a range holds a house, letters and fractions of its ends included."""
    first, last = read_house(house_from or ""), read_house(house_to or house_from or "")
    if not (first and last):
        return False
    side = parity if parity != "all" else ""
    return Numbers(first, last, side).holds(house_key)


def _number_of(house):
    """The number a house is in order by: 54 of «54-в»; 0 when it has none."""
    read = read_house(house or "")
    return house_sort_key(read.key)[0] if read else 0
