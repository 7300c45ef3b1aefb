# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.addons.gorod24_telephony.controllers.openapi import TelephonyOpenapi

from ..models.ir_http import PATH
from ..wire.workflow import TRIGGERS

_TEXTS = "dialog agent extension number dialed queue direction others".split()


class CiscoOpenapi(TelephonyOpenapi):
    def _document(self):
        made = super()._document()
        made["paths"][PATH] = {"post": _workflow(), "put": _workflow()}
        made["paths"][f"{PATH}/{{token}}"] = {
            "parameters": [
                {
                    "name": "token",
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string"},
                }
            ],
            "post": _workflow() | {"security": []},
            "put": _workflow() | {"security": []},
        }
        return made


def _workflow():
    text = {"type": "string"}
    schema = {
        "type": "object",
        "properties": {name: text for name in _TEXTS}
        | {"trigger": text | {"enum": list(TRIGGERS)}},
        "required": ["trigger", "dialog", "agent"],
    }
    result = {"schema": {"$ref": "#/components/schemas/EventResult"}}
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    told = {
        "400": "The text names the field that is wrong.",
        "401": "Wrong or missing token.",
        "403": "This source may not use this door.",
        "500": "The server failed: come again with the same.",
        "503": "No token is set on the server.",
    }
    return {
        "summary": "A trigger of a workflow, from the operator's Finesse desktop.",
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": schema},
                "application/x-www-form-urlencoded": {"schema": schema},
            },
        },
        "responses": {
            "200": {
                "description": "Taken in.",
                "content": {"application/json": result},
            },
            **{
                status: {"description": words, "content": error}
                for status, words in told.items()
            },
        },
    }
