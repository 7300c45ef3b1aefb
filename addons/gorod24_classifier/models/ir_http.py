# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: Russian terms in the code of helpdesk_mgmt, and what Odoo itself left out.

Odoo loads `i18n_extra/ru.po` of this addon for records and views of any module, but
looks for the terms of Python and JavaScript code only in the folder of the module
that holds the code. This hook puts them from our file into Odoo's own cache.
"""

from odoo import models
from odoo.tools.translate import code_translations, get_base_langs, get_po_paths

# The client's own Russian is not whole: its words meet operators every day.
TRANSLATED_MODULES = ("helpdesk_mgmt", "web", "mail")
OWN_MODULE = "gorod24_classifier"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def _register_hook(self):
        result = super()._register_hook()
        for lang, _name in self.env["res.lang"].get_installed():
            self._add_code_translations(lang)
        return result

    def _add_code_translations(self, lang):
        """Add our terms to those the modules bring themselves for a language."""
        if self._has_extra_terms(lang):
            for module in TRANSLATED_MODULES:
                self._add_module_translations(module, lang)

    def _add_module_translations(self, module, lang):
        key = (module, lang)
        python = code_translations.get_python_translations(*key)
        extra = code_translations.get_python_translations(OWN_MODULE, lang)
        code_translations.python_translations[key] = type(python)({**extra, **python})
        web = code_translations.get_web_translations(*key)
        extra = code_translations.get_web_translations(OWN_MODULE, lang)
        known = {message["id"] for message in web["messages"]}
        added = [m for m in extra["messages"] if m["id"] not in known]
        code_translations.web_translations[key] = type(web)(
            {**web, "messages": (*web["messages"], *added)}
        )

    def _has_extra_terms(self, lang):
        paths = get_po_paths(OWN_MODULE, lang)
        wanted = [f"i18n_extra/{name}.po" for name in get_base_langs(lang)]
        return any(path.endswith(tuple(wanted)) for path in paths)
