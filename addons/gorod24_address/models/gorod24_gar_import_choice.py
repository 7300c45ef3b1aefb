# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: what lies in the archive and which part of it is wanted."""

from odoo import models
from odoo.exceptions import UserError

from ..gar import CHOICE_LEVELS, REGIONS, AddressRows, GarError, Reader


class Gorod24GarImport(models.Model):
    _inherit = "gorod24.gar.import"

    # STEPS

    def action_read(self):
        """Look into the archive: edition, regions, and municipalities if one."""
        self.ensure_one()
        with self._open_archive() as archive:
            units = [
                {
                    "import_id": self.id,
                    "region": code,
                    "is_region": True,
                    "name": REGIONS.get(code) or self._name_of_flat(archive, code),
                }
                for code in archive.regions
            ]
            version = archive.version
        # The list is the archive's, not the curator's: nobody else writes it.
        self.unit_ids.sudo().unlink()
        regions = self.env["gorod24.gar.import.unit"].sudo().create(units)
        before = self._get_last_regions()
        chosen = regions.filtered(lambda r: r.region in before)
        if len(regions) == 1:
            chosen = regions
        self.region_ids = chosen
        self.sudo().write({"version": version, "state": "ready"})
        if chosen and self.kind == "full":
            self.action_read_municipalities()
        return True

    def action_read_municipalities(self):
        """List the municipalities of the chosen regions, by name."""
        self.ensure_one()
        if not self.region_ids:
            raise UserError(self.env._("Choose a region first."))
        Unit = self.env["gorod24.gar.import.unit"].sudo()  # see action_read
        known = self.municipality_ids.mapped("objectid") or self._get_last_choice()
        (self.unit_ids - self.unit_ids.filtered("is_region")).sudo().unlink()
        with self._open_archive() as archive:
            for region in self.region_ids:
                Unit.create(self._read_units(archive, region))
        chosen = self.unit_ids.filtered(
            lambda u: not u.is_region and u.objectid in known
        )
        self.municipality_ids = chosen
        return True

    def action_back(self):
        """Choose another file."""
        self.ensure_one()
        if self.state != "ready":
            raise UserError(self.env._("The import is already started."))
        self.sudo().state = "draft"
        return True

    def _read_units(self, archive, region):
        """Values of the municipalities of a region; keeps the region's own id."""
        rows = AddressRows(self._today())
        levels = CHOICE_LEVELS[self.hierarchy]
        found, top = {}, []

        def handle(row):
            level = row.get("LEVEL")
            if level != "1" and level not in levels:
                return
            if not rows.is_current(row) or not rows.read_ids(row):
                return
            if level == "1":
                top.append(row)
            else:
                found[row["OBJECTID"]] = row

        for member in archive.find("ADDR_OBJ", region.region):
            self._read_all(archive, member, handle)
        if not top and self.kind == "full":
            raise UserError(self._explain(GarError("no_top", region=region.name)))
        if top:
            region.sudo().objectid = int(top[-1]["OBJECTID"])
        return [self._prepare_unit(region, row) for row in found.values()]

    def _prepare_unit(self, region, row):
        return {
            "import_id": self.id,
            "region": region.region,
            "objectid": int(row["OBJECTID"]),
            "level": row["LEVEL"],
            "type_name": row.get("TYPENAME") or "",
            "name": " ".join((row.get("NAME") or "").split()),
        }

    def _name_of_flat(self, archive, code):
        """Name of the region of an archive without folders, from its objects."""
        names = []

        def handle(row):
            if row.get("LEVEL") == "1" and row.get("ISACTUAL") == "1":
                names.append(f"{row.get('NAME')} {row.get('TYPENAME')}".strip())

        for member in archive.find("ADDR_OBJ", code):
            self._read_all(archive, member, handle)
        return names[-1] if names else self.env._("Region %s", code or "?")

    def _read_all(self, archive, member, handle):
        try:
            reader = Reader(archive, member, handle)
            try:
                while reader.step():
                    pass
            finally:
                reader.close()
        except GarError as error:
            raise UserError(self._explain(error)) from error

    def _get_last_regions(self):
        """Codes of the regions imported before."""
        jobs = self.search([("state", "=", "done"), ("id", "!=", self.id)])
        return set(jobs.region_ids.mapped("region"))

    def _get_last_choice(self):
        """OBJECTIDs of the municipalities of the last import of this kind."""
        job = self.search(
            [
                ("state", "=", "done"),
                ("kind", "=", "full"),
                ("hierarchy", "=", self.hierarchy),
                ("region_ids.region", "in", self.region_ids.mapped("region")),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        return job.municipality_ids.mapped("objectid")

    def _get_chosen_ids(self):
        """OBJECTIDs whose contents are imported; a region counts as one place.

        An archive of changes has the scope of the full imports before it.
        """
        self.ensure_one()
        if self.kind == "full":
            chosen = self.municipality_ids
            whole = self.region_ids.filtered(
                lambda r: r.region not in chosen.mapped("region")
            )
            return (chosen | whole).mapped("objectid")
        jobs = self.search(
            [
                ("state", "=", "done"),
                ("kind", "=", "full"),
                ("region_ids.region", "in", self.region_ids.mapped("region")),
            ]
        )
        return sorted({i for job in jobs for i in job._get_chosen_ids() if i})
