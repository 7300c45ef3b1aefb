# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import SQL

from .common import NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeMatch(NoticeCommon):
    """Which notices hold for this very house."""

    def _at(self, house):
        return self._numbers_at(building_id=house.id)

    def _house(self, number):
        return self.env["gorod24.building"].create(
            {"street_id": self.street.id, "house": number}
        )

    def test_each_kind_of_place_holds_for_its_houses(self):
        line = {"address_id": self.street.id}
        wide = {
            self._notice({**line, "kind": "street"}).number,
            self._notice({"kind": "district", "address_id": self.district.id}).number,
            self._notice({"kind": "city", "address_id": self.city.id}).number,
        }
        mine = self._notice(self._house_line())
        self.assertEqual(set(self._at(self.house)), {mine.number, *wide})
        self.assertEqual(self._at(self.house)[0], mine.number)
        self.assertEqual(set(self._at(self.other_house)), wide)

    def test_sides_and_ends_of_a_range(self):
        even = self._notice(self._range_line("2", "10", "even")).number
        odd = self._notice(self._range_line("1", "11", "odd")).number
        both = self._notice(self._range_line("10", "12")).number
        self.assertEqual(set(self._at(self.house)), {even, both})
        self.assertEqual(set(self._at(self.other_house)), {both})
        self.assertEqual(set(self._at(self._house("11"))), {odd, both})
        self.assertEqual(set(self._at(self._house("9а"))), {odd})

    def test_letters_at_the_ends_of_a_range(self):
        upto = self._notice(self._range_line("2", "10а")).number
        self.assertEqual(self._at(self._house("10а")), [upto])
        self.assertEqual(self._at(self._house("10б")), [])

    def test_another_street_and_another_district_are_not_touched(self):
        other = self.street.copy({"name": "Соседняя"})
        self._notice({"kind": "street", "address_id": other.id})
        other_district = self.district.copy({"name": "Южный"})
        self._notice({"kind": "district", "address_id": other_district.id})
        self.assertEqual(self._at(self.house), [])

    def test_house_follows_its_own_district(self):
        south = self.district.copy({"name": "Южный"})
        corner = self._house("14")
        corner.district_id = south
        notice = self._notice({"kind": "district", "address_id": south.id})
        self.assertEqual(self._at(corner), [notice.number])
        self.assertEqual(self._at(self.house), [])

    def test_street_alone_shows_what_may_concern_it(self):
        part = self._notice(self._range_line("2", "10", "even"))
        sure = self._notice({"kind": "district", "address_id": self.district.id})
        found = self.env["gorod24.notice"]._find_at(address_id=self.street.id)
        self.assertEqual(
            [(one["number"], one["exact"]) for one in found],
            [(sure.number, True), (part.number, False)],
        )

    def test_drafts_are_not_told_and_coming_works_only_a_day_ahead(self):
        self._draft()
        soon = self._notice(
            type="planned", planned_from=self._hours(20), expected_at=self._hours(26)
        )
        self._notice(
            type="planned", planned_from=self._hours(60), expected_at=self._hours(66)
        )
        self.assertEqual(self._at(self.house), [soon.number])

    def test_one_notice_with_many_places_is_told_once(self):
        notice = self._notice(
            self._range_line("2", "40"),
            self._house_line(),
            {"kind": "district", "address_id": self.district.id},
        )
        (found,) = self.env["gorod24.notice"]._find_at(building_id=self.house.id)
        self.assertEqual((found["number"], found["kind"]), (notice.number, "house"))

    def test_unknown_place_has_no_notices(self):
        self.assertEqual(self._numbers_at(), [])
        self.assertEqual(self._numbers_at(building_id=2**30), [])
        self.assertEqual(self._numbers_at(building_id="10"), [])

    def test_one_query_by_the_index_of_active_places(self):
        self._notice()
        self._fill(10_000)
        self.env.cr.execute("ANALYZE gorod24_notice_place")
        self.env.cr.execute("ANALYZE gorod24_notice")
        Notice = self.env["gorod24.notice"]
        self.assertEqual(len(self._at(self.house)), 1)
        with self.assertQueryCount(1):
            self._at(self.house)
        spot = Notice._get_spot(self.house.id, None)
        asked = []
        self.patch(
            type(self.env),
            "execute_query_dict",
            lambda _env, sql: asked.append(sql) or [],
        )
        Notice._read_lines(spot, self.now)
        plan = self.env.execute_query(SQL("EXPLAIN (COSTS OFF) %s", asked[0]))
        plan = "\n".join(line for (line,) in plan)
        self.assertIn("gorod24_notice_place_active_idx", plan)
        self.assertNotIn("Seq Scan on gorod24_notice_place", plan)

    def _fill(self, count):
        """Notices of other streets, all active, as after a hard winter."""
        streets = self.env["gorod24.address"].create(
            [
                {"name": f"Далёкая {n}", "level": "street", "parent_id": self.city.id}
                for n in range(100)
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH made AS (
                    INSERT INTO gorod24_notice (name, type, service_id, text, state,
                                                starts_at, due_at)
                    SELECT 'Авария ' || n, 'emergency', %(service)s, 'Нет воды',
                           'active', %(begin)s, %(end)s
                      FROM generate_series(1, %(count)s) n
                 RETURNING id)
                INSERT INTO gorod24_notice_place (notice_id, state, kind, address_id,
                                                  parity, number_from, number_to)
                SELECT id, 'active', 'street', %(first)s + id %% 100, 'all', 0, 0
                  FROM made
                """,
                service=self.service.id,
                begin=self.now - timedelta(hours=2),
                end=self.now + timedelta(hours=2),
                count=count,
                first=streets[0].id,
            )
        )
