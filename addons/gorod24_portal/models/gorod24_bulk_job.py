# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: one result for many requests, as an officer sees it."""

from odoo import models


class BulkJob(models.Model):
    _inherit = "gorod24.bulk.job"

    def _get_portal_values(self):
        """Return how the work goes: counts, and what was not done and why."""
        self.ensure_one()
        # sudo: officers hold no right on jobs; the caller has checked whose it is
        job = self.sudo()
        shown = job.line_ids.filtered(lambda line: line.state in ("error", "skipped"))
        return {
            "id": job.id,
            "is_running": job.state != "done",
            "count": job.line_count,
            "done": job.done_count,
            "skipped": job.skipped_count,
            "errors": job.error_count,
            "progress": int(job.progress),
            "lines": [
                {
                    "number": line.question_id.name,
                    "url": f"/my/requests/{line.referral_id.id}",
                    "is_error": line.state == "error",
                    "message": line.message or "",
                }
                for line in shown
            ],
        }
