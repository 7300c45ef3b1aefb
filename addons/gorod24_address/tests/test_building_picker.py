# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import AddressCase


@tagged("post_install", "-at_install")
class TestBuildingPicker(AddressCase):
    """The wizard: paste, look, add."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Picker = cls.env["gorod24.building.picker"]
        # any record with a many2many of houses will do: another picker has one
        cls.target = cls.Picker.create({"building_ids": cls.popov50.ids})

    def _open(self, **context):
        values = {
            "default_res_model": "gorod24.building.picker",
            "default_res_id": self.target.id,
            "default_field_name": "building_ids",
        }
        return self.Picker.with_context(**{**values, **context})

    def _read(self, text, **context):
        with Form(self._open(**context)) as form:
            form.text = text
        picker = form.save()
        picker.action_read()
        return picker

    def test_found_houses_are_added_to_the_record(self):
        picker = self._read("Попова 50; Ленина 5, 54, 998, 999")
        self.assertEqual(picker.state, "found")
        self.assertEqual((picker.found_count, picker.new_count), (3, 2))
        self.assertEqual(picker.missing_count, 2)
        self.assertEqual(len(picker.missing.splitlines()), 1)
        self.assertTrue(picker.missing.startswith("пр-кт Ленина, 998, 999"))
        lines = [(line.name, line.houses, line.count) for line in picker.line_ids]
        self.assertEqual(lines, [("ул. Попова", "50", 1), ("пр-кт Ленина", "5, 54", 2)])
        picker.action_add()
        wanted = self.popov50 | self.houses["5"] | self.houses["54"]
        self.assertEqual(self.target.building_ids, wanted)

    def test_the_list_can_be_mended_and_read_again(self):
        picker = self._read("Ленина 999")
        self.assertFalse(picker.found_count)
        with self.assertRaises(UserError):
            picker.action_add()
        picker.action_back()
        picker.text = "Ленина 5"
        picker.action_read()
        self.assertEqual(picker.building_ids, self.houses["5"])
        self.assertEqual(len(picker.line_ids), 1)
        self.assertFalse(picker.missing)

    def test_without_a_record_the_houses_are_shown(self):
        picker = self._read("Ленина 5", default_res_model=False, default_res_id=False)
        action = picker.action_add()
        self.assertEqual(action["res_model"], "gorod24.building")
        self.assertEqual(action["domain"], [("id", "in", self.houses["5"].ids)])

    def test_empty_text_and_wrong_field_are_refused(self):
        with self.assertRaises(UserError):
            self._read(" ")
        with self.assertRaises(UserError):
            self._read("Ленина 5", default_field_name="line_ids")
        with self.assertRaises(UserError):
            self._read("Ленина 5", default_res_model="no.such.model")

    def test_nobody_adds_houses_where_he_may_not_write(self):
        clerk = new_test_user(self.env, "pick_clerk", groups="base.group_user")
        picker = (
            self._open()
            .with_user(clerk)
            .create({"text": "Ленина 5", "res_model": False})
        )
        picker.action_read()
        self.assertEqual(picker.building_ids, self.houses["5"])
        picker.write({"res_model": "gorod24.building.picker"})
        with self.assertRaises(AccessError):
            picker.action_add()

    def test_a_pasted_list_is_its_author_s_own(self):
        clerk = new_test_user(self.env, "pick_other", groups="base.group_user")
        portal = new_test_user(self.env, "pick_portal", groups="base.group_portal")
        picker = self._read("Ленина 5")
        with self.assertRaises(AccessError):
            picker.with_user(clerk).read(["text"])
        with self.assertRaises(AccessError):
            self.Picker.with_user(portal).create({"text": "Ленина 5"})
