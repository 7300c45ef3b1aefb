# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""SQL of the import of houses, in the order it is run.

`spot`: houses of the archive inside the scope, one line each; its `act` is refused,
closed (no longer actual), added, changed, moved (other street or number) or, when
nothing is to be done, empty. `gone`: houses of ours to be archived.
"""

from ..parsing.streets import POSTPOSED
from .gorod24_gar_address_sql import PARAM_VALUES

#: Houses of ours in the scope, and those of them that the archive does not have.
LOSS = """
    WITH current AS (
        SELECT DISTINCT objectguid FROM gorod24_gar_house WHERE current
    )
    SELECT count(*), count(*) FILTER (WHERE current.objectguid IS NULL)
      FROM gorod24_building b
      JOIN gorod24_address a ON a.id = b.street_id
      LEFT JOIN current ON current.objectguid = b.objectguid
     WHERE b.objectguid IS NOT NULL AND b.active
       AND EXISTS (SELECT 1 FROM gorod24_address c
                    WHERE c.objectid = ANY(%(chosen)s)
                      AND a.parent_path LIKE c.parent_path || '%%')
"""
FLATS_KNOWN = """
    SELECT count(*) FILTER (WHERE flats > 0) * 20 >= count(*)
      FROM gorod24_gar_spot WHERE current
"""
_VERSIONS = """
    SELECT DISTINCT ON (objectid) objectid, objectguid, current,
           CASE WHEN bool_and(date_from IS NOT NULL) OVER w
                THEN min(date_from) OVER w END AS date_from,
           CASE WHEN NOT current THEN date_to END AS date_to,
           house, key, house_type
      FROM gorod24_gar_house
    WINDOW w AS (PARTITION BY objectid)
     ORDER BY objectid, current DESC, version DESC
"""
#: Of changes: a known house of which only the street or a parameter changed.
_KNOWN = """
    SELECT b.objectid, b.objectguid, TRUE, b.date_from, NULL::date, b.house,
           b.house_key, 0
      FROM gorod24_building b
     WHERE b.objectguid IS NOT NULL AND b.objectid <> 0 AND b.active
       AND (b.objectid IN (SELECT objectid FROM gorod24_gar_link)
            OR b.objectid IN (SELECT objectid FROM gorod24_gar_param))
       AND b.objectid NOT IN (SELECT objectid FROM gorod24_gar_house)
"""
_SPOT = """
    INSERT INTO gorod24_gar_spot (objectid, objectguid, current, date_from, date_to,
           house, key, house_type, street_id, building_id, flats, postal_code, oktmo,
           act, detail)
    SELECT f.*, CASE WHEN NOT f.current THEN 'closed'
                     WHEN f.street_id IS NULL THEN 'refused' END,
           CASE WHEN f.current AND f.street_id IS NULL THEN %(no_street)s END
      FROM (SELECT h.objectid, h.objectguid, h.current, h.date_from, h.date_to,
                   h.house, h.key, h.house_type,
                   COALESCE({street}, CASE
                       WHEN l.parentid IS NULL OR NOT h.current THEN b.street_id END
                   ) AS street_id, b.id, f.flats, v.postal_code, v.oktmo
              FROM ({versions}) h
              LEFT JOIN (SELECT DISTINCT ON (objectid) objectid, parentid
                           FROM gorod24_gar_link ORDER BY objectid, version DESC) l
                   ON l.objectid = h.objectid
              LEFT JOIN gorod24_gar_place p ON p.objectid = l.parentid
              {known_street}
              LEFT JOIN gorod24_building b ON b.objectguid = h.objectguid
              LEFT JOIN (SELECT objectid, count(*) AS flats FROM gorod24_gar_flat
                          GROUP BY objectid) f ON f.objectid = h.objectid
              LEFT JOIN ({params}) v ON v.objectid = h.objectid
             WHERE {wanted}) f
"""
SPOT_FULL = _SPOT.format(
    street="p.address_id",
    versions=_VERSIONS,
    known_street="",
    params=PARAM_VALUES,
    wanted="l.parentid IS NOT NULL OR NOT h.current",
)
SPOT_DELTA = _SPOT.format(
    street="p.address_id, a.id",
    versions=f"({_VERSIONS}) UNION ALL ({_KNOWN})",
    known_street="LEFT JOIN gorod24_address a ON a.objectid = NULLIF(l.parentid, 0)",
    params=PARAM_VALUES,
    wanted="TRUE",
)
#: Houses of the directory inside the scope: under the chosen places.
SCOPE = """
    SELECT b.id FROM gorod24_building b
      JOIN gorod24_address a ON a.id = b.street_id
      JOIN gorod24_address c ON c.objectid = ANY(%(chosen)s)
           AND a.parent_path LIKE c.parent_path || '%%'
     WHERE b.objectguid IS NOT NULL AND b.active
"""
GONE_FULL = f"""
    INSERT INTO gorod24_gar_gone
    SELECT b.id FROM gorod24_building b
     WHERE b.id IN ({SCOPE})
       AND NOT EXISTS (SELECT 1 FROM gorod24_gar_spot s
                        WHERE s.building_id = b.id AND s.current)
"""
GONE_DELTA = """
    INSERT INTO gorod24_gar_gone
    SELECT b.id FROM gorod24_building b
      JOIN gorod24_gar_spot s ON s.building_id = b.id AND s.act = 'closed'
     WHERE b.active
"""
# A house of ours on the same spot: entered by hand, or known under a GUID that the
# register has given up. It keeps its appeals and gets the new GUID.
ADOPT = """
    UPDATE gorod24_gar_spot s SET building_id = f.id
      FROM (SELECT s.objectid, b.id,
                   row_number() OVER (PARTITION BY b.id ORDER BY
                       s.house_type <> 2, s.date_from NULLS LAST, s.objectid) AS first,
                   row_number() OVER (PARTITION BY s.objectid ORDER BY
                       b.active DESC, b.objectguid IS NULL DESC, b.id) AS best
              FROM gorod24_gar_spot s
              JOIN gorod24_building b
                ON b.street_id = s.street_id AND b.house_key = s.key
             WHERE s.building_id IS NULL AND s.act IS NULL
               AND (b.objectguid IS NULL OR b.register_archived
                    OR b.id IN (SELECT id FROM gorod24_gar_gone))
           ) f
     WHERE f.objectid = s.objectid AND f.first = 1 AND f.best = 1
"""
KEPT = """
    DELETE FROM gorod24_gar_gone g USING gorod24_gar_spot s
     WHERE s.building_id = g.id AND s.current
"""
# Who holds a number: the house that holds it already, a plain house, the oldest.
DOUBLE_NUMBER = """
    UPDATE gorod24_gar_spot s SET act = 'refused', detail = %(reason)s
      FROM (SELECT s.objectid, row_number() OVER (
                       PARTITION BY s.street_id, s.key ORDER BY
                       (b.street_id = s.street_id AND b.house_key = s.key
                        AND b.active) IS TRUE DESC,
                       s.house_type <> 2, s.date_from NULLS LAST, s.objectid) AS place
              FROM gorod24_gar_spot s LEFT JOIN gorod24_building b
                ON b.id = s.building_id
             WHERE s.act IS NULL) d
     WHERE d.objectid = s.objectid AND d.place > 1
"""
# The number is held by an active house that stays where it is.
HELD_NUMBER = """
    UPDATE gorod24_gar_spot s SET act = 'refused', detail = %(reason)s
      FROM gorod24_building b
     WHERE s.act IS NULL AND b.street_id = s.street_id AND b.house_key = s.key
       AND b.active AND b.id IS DISTINCT FROM s.building_id
       AND NOT EXISTS (SELECT 1 FROM gorod24_gar_gone g WHERE g.id = b.id)
       AND NOT EXISTS (SELECT 1 FROM gorod24_gar_spot o
                        WHERE o.building_id = b.id AND o.act IS NULL
                          AND (o.street_id, o.key) <> (b.street_id, b.house_key))
"""
_MOVED = "(b.street_id <> s.street_id OR b.house_key <> s.key)"
_REVIVED = "(NOT b.active AND b.register_archived)"
CLASSIFY = f"""
    UPDATE gorod24_gar_spot s
       SET act = CASE WHEN d.moved THEN 'moved' ELSE 'changed' END,
           detail = d.detail, renumbered = d.renumbered
      FROM (SELECT s.objectid, {_MOVED} AS moved, b.house_key <> s.key AS renumbered,
                   concat_ws('; ',
                       CASE WHEN b.objectguid IS NULL THEN %(adopted)s
                            WHEN b.objectguid <> s.objectguid THEN %(replaced)s END,
                       CASE WHEN b.house_key <> s.key
                            THEN %(number)s || ': ' || b.house || ' → ' || s.house END,
                       CASE WHEN b.street_id <> s.street_id
                            THEN %(street)s || ': ' || o.name || ' → ' || n.name END,
                       CASE WHEN b.postal_code <> s.postal_code
                                 OR b.postal_code IS NULL
                                 AND s.postal_code IS NOT NULL
                            THEN %(postal_code)s || ': ' || s.postal_code END,
                       CASE WHEN b.oktmo <> s.oktmo
                                 OR b.oktmo IS NULL AND s.oktmo IS NOT NULL
                            THEN %(oktmo)s || ': ' || s.oktmo END,
                       CASE WHEN {_REVIVED} THEN %(revived)s END) AS detail
              FROM gorod24_gar_spot s
              JOIN gorod24_building b ON b.id = s.building_id
              JOIN gorod24_address o ON o.id = b.street_id
              JOIN gorod24_address n ON n.id = s.street_id
             WHERE s.act IS NULL) d
     WHERE d.objectid = s.objectid AND d.detail <> ''
"""
# What is neither refused nor changed nor new keeps no act: it is unchanged.
NUMBER = """
    UPDATE gorod24_gar_spot s SET seq = o.seq, act = COALESCE(act, 'added')
      FROM (SELECT objectid, row_number() OVER (ORDER BY street_id, key) AS seq
              FROM gorod24_gar_spot
             WHERE act = 'changed' OR act IS NULL AND building_id IS NULL) o
     WHERE o.objectid = s.objectid
"""
ARCHIVE = """
    UPDATE gorod24_building b
       SET active = FALSE, register_archived = TRUE,
           date_to = GREATEST(b.date_from, COALESCE(
               (SELECT max(s.date_to) FROM gorod24_gar_spot s
                 WHERE s.building_id = b.id AND NOT s.current), %(today)s::date)),
           write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
      FROM gorod24_gar_gone g WHERE g.id = b.id
"""
ARCHIVE_LOG = """
    INSERT INTO gorod24_gar_change (kind, action, objectguid, label, detail)
    SELECT 'house', 'archived', b.objectguid, {street} || ', ' || b.house, %(gone)s
      FROM gorod24_gar_gone g JOIN gorod24_building b USING (id)
      JOIN gorod24_address a ON a.id = b.street_id
     ORDER BY a.name, b.house_key
"""
# Houses may exchange numbers: out of the way first, then to their places.
STEP_ASIDE = """
    UPDATE gorod24_building b SET house_key = '~gar ' || b.id
      FROM gorod24_gar_spot s WHERE s.building_id = b.id AND s.act = 'moved'
"""
DISTRICT = "COALESCE(a.district_id, CASE WHEN u.level = 'district' THEN u.id END)"
UPDATE = f"""
    UPDATE gorod24_building b
       SET objectguid = s.objectguid, objectid = s.objectid,
           house = CASE WHEN s.renumbered THEN s.house ELSE b.house END,
           house_key = s.key, street_id = s.street_id,
           district_id = CASE WHEN b.street_id = s.street_id THEN b.district_id
                              ELSE COALESCE({DISTRICT}, b.district_id) END,
           postal_code = COALESCE(s.postal_code, b.postal_code),
           oktmo = COALESCE(s.oktmo, b.oktmo),
           date_from = COALESCE(b.date_from, CASE
               WHEN {_REVIVED} OR s.date_from <= COALESCE(b.date_to, s.date_from)
               THEN s.date_from END),
           date_to = CASE WHEN {_REVIVED} THEN NULL ELSE b.date_to END,
           active = b.active OR b.register_archived IS TRUE,
           register_archived = FALSE,
           write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
      FROM gorod24_gar_spot s
      JOIN gorod24_address a ON a.id = s.street_id
      LEFT JOIN gorod24_address u ON u.id = a.parent_id
     WHERE s.building_id = b.id AND {{which}}
"""
INSERTED = {
    *("street_id", "house", "house_key", "district_id", "objectguid", "objectid"),
    *("postal_code", "oktmo", "kind", "date_from", "active"),
}
INSERT = f"""
    INSERT INTO gorod24_building (street_id, house, house_key, district_id,
           objectguid, objectid, postal_code, oktmo, kind, date_from, active,
           create_uid, create_date, write_uid, write_date {{columns}})
    SELECT s.street_id, s.house, s.key, {DISTRICT}, s.objectguid, s.objectid,
           s.postal_code, s.oktmo,
           CASE WHEN s.house_type = ANY(%(other)s) THEN 'other'
                WHEN s.flats >= 2 THEN 'apartment'
                WHEN s.house_type = ANY(%(private)s) THEN 'private'
                WHEN NOT %(flats_known)s THEN 'apartment'
                WHEN s.house_type IN (0, 2) THEN 'private' ELSE 'other' END,
           s.date_from, TRUE, %(uid)s, now() AT TIME ZONE 'UTC',
           %(uid)s, now() AT TIME ZONE 'UTC' {{values}}
      FROM gorod24_gar_spot s
      JOIN gorod24_address a ON a.id = s.street_id
      LEFT JOIN gorod24_address u ON u.id = a.parent_id
     WHERE s.seq > %(first)s AND s.seq <= %(last)s AND s.act = 'added'
     ORDER BY s.seq
"""
LOG = """
    INSERT INTO gorod24_gar_change (kind, action, objectguid, label, detail)
    SELECT 'house', CASE s.act WHEN 'moved' THEN 'changed' ELSE s.act END,
           s.objectguid, {street} || ', ' || s.house, s.detail
      FROM gorod24_gar_spot s LEFT JOIN gorod24_address a ON a.id = s.street_id
     WHERE {which}
"""


def street_label(alias="a"):
    """SQL of `parsing.format_name` for a row of addresses."""
    after = ", ".join(f"'{word}'" for word in sorted(POSTPOSED))
    return (
        f"CASE WHEN COALESCE({alias}.type_name, '') = '' THEN COALESCE({alias}.name,"
        f" '?') WHEN {alias}.type_name IN ({after})"
        f" THEN {alias}.name || ' ' || {alias}.type_name"
        f" ELSE {alias}.type_name || ' ' || {alias}.name END"
    )
