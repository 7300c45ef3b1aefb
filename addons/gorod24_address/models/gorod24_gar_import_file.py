# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: where the archive is, and sentences about what is wrong with it."""

import datetime
import tempfile
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import config

from ..gar import Archive, GarError

OPTION = "gorod24_gar_folder"
PARAMETER = "gorod24_address.gar_folder"
MAX_LISTED = 50


class Gorod24GarImport(models.Model):
    _inherit = "gorod24.gar.import"

    def _compute_server_files(self):
        folder = self._get_folder()
        files = self._list_folder(folder) if folder else []
        for job in self:
            job.server_folder = str(folder or "")
            job.server_files = files

    @api.model
    def _get_folder(self):
        """The one folder of the server archives are taken from, or None.

        The server's configuration file comes before the system parameter.
        """
        parameters = self.env["ir.config_parameter"].sudo()  # not a secret
        name = config.get(OPTION) or parameters.get_param(PARAMETER)
        if not name:
            return None
        folder = Path(name)
        return folder.resolve() if folder.is_absolute() and folder.is_dir() else None

    @api.model
    def _list_folder(self, folder):
        """[{"name", "size" (MB), "date"}] of the archives in the folder, newest first.

        :return: names relative to the folder; one level of subfolders is looked at
        """
        found = []
        for pattern in ("*.zip", "*/*.zip"):
            for path in folder.glob(pattern):
                if path.is_file() and path.resolve().is_relative_to(folder):
                    found.append((path.stat().st_mtime, path))
        found.sort(reverse=True)
        return [
            {
                "name": str(path.relative_to(folder)),
                "size": round(path.stat().st_size / 2**20, 1),
                "date": datetime.date.fromtimestamp(moment).isoformat(),
            }
            for moment, path in found[:MAX_LISTED]
        ]

    def _get_server_path(self):
        """Path of the chosen file of the folder.

        :raise UserError: no folder, no such file, or a file outside the folder
        """
        self.ensure_one()
        folder = self._get_folder()
        if not folder:
            raise UserError(
                self.env._(
                    "No folder for archives is set up on the server. The administrator"
                    " names it in the server's configuration: %s = /path/to/folder.",
                    OPTION,
                )
            )
        name = (self.server_file or "").strip()
        if not name:
            raise UserError(self.env._("Choose a file of the server's folder."))
        missing = self.env._("There is no file “%s” in the server's folder.", name)
        try:
            path = (folder / name).resolve()
            if not path.is_relative_to(folder):
                raise UserError(
                    self.env._(
                        "Only files of the server's folder for archives are read."
                    )
                )
            if path.is_file():
                return path
        except (OSError, RuntimeError, ValueError) as error:
            # a name too long, links in a circle, a zero byte
            raise UserError(missing) from error
        raise UserError(missing)

    @contextmanager
    def _get_path(self):
        """Path of the archive on this machine, whatever its source."""
        self.ensure_one()
        if self.source == "server":
            yield self._get_server_path()
            return
        # The content is the job's own field; the attachment only tells its place.
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("res_field", "=", "file"),
                ],
                limit=1,
            )
        )
        if not attachment:
            raise UserError(self.env._("Choose a file first."))
        if attachment.store_fname:
            yield Path(attachment._full_path(attachment.store_fname))
            return
        with tempfile.NamedTemporaryFile(suffix=".zip") as copy:
            copy.write(attachment.raw)
            copy.flush()
            yield Path(copy.name)

    @contextmanager
    def _open_archive(self):
        """The archive, open; its faults as sentences.

        :raise UserError: also for faults met while it is read
        """
        try:
            with self._get_path() as path, Archive(path) as archive:
                yield archive
        except GarError as error:
            raise UserError(self._explain(error)) from error

    def _get_fingerprint(self):
        """Changes when another file takes the place of the one being read."""
        with self._get_path() as path:
            status = path.stat()
            return f"{path.name}:{status.st_size}:{int(status.st_mtime)}"

    @api.model
    def _today(self):
        """Today where the service works, as the register writes days."""
        parameters = self.env["ir.config_parameter"].sudo()  # not a secret
        name = parameters.get_param("gorod24.timezone") or "Asia/Barnaul"
        return datetime.datetime.now(ZoneInfo(name)).date().isoformat()

    def _explain(self, error):
        """A sentence for a `gar.GarError`."""
        sentences = {**self._get_archive_sentences(), **self._get_file_sentences()}
        return sentences[error.code] % error.values

    def _get_archive_sentences(self):
        """About the archive as a whole."""
        return {
            "not_zip": self.env._(
                "The file is no zip archive: take the archive gar_xml.zip"
                " or gar_delta_xml.zip as published."
            ),
            "broken_zip": self.env._(
                "The archive is damaged or not wholly copied: download it once more."
            ),
            "empty": self.env._(
                "The archive is empty: it holds a version.txt without a date"
                " and no files of the register."
            ),
            "no_version": self.env._(
                "This is no archive of the State Address Register: it has"
                " neither version.txt nor files AS_ADDR_OBJ."
            ),
            "no_region": self.env._(
                "The archive holds no files AS_ADDR_OBJ: it is not the"
                " XML edition of the State Address Register."
            ),
            "no_top": self.env._(
                "Region %(region)s: the archive does not hold the region"
                " itself. It is probably an archive of changes: choose"
                " “Changes only”."
            ),
            "missing": self.env._(
                "Region %(region)s: the archive has no file AS_%(table)s."
            ),
        }

    def _get_file_sentences(self):
        """About one file of the archive."""
        return {
            "bomb": self.env._(
                "The archive is refused: “%(file)s” unpacks to a suspiciously"
                " large size."
            ),
            "encrypted": self.env._(
                "The archive is protected by a password (%(file)s)."
            ),
            "broken_member": self.env._(
                "The file “%(file)s” of the archive is damaged:"
                " download the archive once more."
            ),
            "changed": self.env._(
                "The archive was replaced while it was read (%(file)s):"
                " start the import anew."
            ),
            "bad_xml": self.env._(
                "File “%(file)s”, line %(line)s, character %(column)s: the"
                " XML is damaged. Nothing of the archive has been written."
            ),
            "wrong_root": self.env._(
                "File “%(file)s” begins with “%(root)s” instead of"
                " “%(expected)s”: it is not of the register."
            ),
            "entities": self.env._(
                "File “%(file)s” is refused: it declares XML entities,"
                " which files of the register never do."
            ),
        }
