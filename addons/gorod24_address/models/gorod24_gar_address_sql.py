# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""SQL of the import of streets and places, in the order it is run.

`place`: address objects of the scope, one line each, with the depth in the tree of
the register; its `act` is refused, unchanged, changed or added.
"""

# town of an address object by its path
TOWN = """(
    SELECT t.id FROM unnest(string_to_array(trim(both '/' FROM {path}), '/')::int[])
           WITH ORDINALITY AS u(id, place)
      JOIN gorod24_address t ON t.id = u.id
     WHERE t.level IN ('city', 'settlement')
     ORDER BY u.place DESC LIMIT 1)"""

_TREE = """
    WITH RECURSIVE current AS (
        SELECT DISTINCT ON (objectid) * FROM gorod24_gar_version
         WHERE current ORDER BY objectid, version DESC
    ), parent AS (
        SELECT DISTINCT ON (objectid) objectid, parentid, inside
          FROM gorod24_gar_link ORDER BY objectid, version DESC
    ), tree AS (
        SELECT c.objectid, p.parentid, p.inside, 0 AS depth, ARRAY[c.objectid] AS path
          FROM current c LEFT JOIN parent p USING (objectid)
         WHERE {root}
        UNION ALL
        SELECT c.objectid, p.parentid, p.inside, tree.depth + 1,
               tree.path || c.objectid
          FROM tree JOIN parent p ON p.parentid = tree.objectid
          JOIN current c ON c.objectid = p.objectid
         WHERE c.objectid <> ALL(tree.path)
    )
"""
FULL_TREE = (
    _TREE.format(root="c.top")
    + """
    INSERT INTO gorod24_gar_place (objectid, objectguid, parentid, depth, level,
                                   type_name, street_type, name, key, label)
    SELECT objectid, objectguid, NULLIF(parentid, 0), depth, level, type_name,
           street_type, name, key, label
      FROM tree JOIN current USING (objectid)
     WHERE path && %(chosen)s
        OR objectid IN (SELECT unnest(path) FROM tree WHERE objectid = ANY(%(chosen)s))
"""
)
#: Of changes: what the directory holds, and what is new inside the scope.
DELTA_TREE = (
    _TREE.format(
        root="NOT EXISTS (SELECT 1 FROM current u WHERE u.objectid = p.parentid)"
    )
    + """
    INSERT INTO gorod24_gar_place (objectid, objectguid, parentid, depth, level,
                                   type_name, street_type, name, key, label)
    SELECT objectid, objectguid, NULLIF(parentid, 0), depth, level, type_name,
           street_type, name, key, label
      FROM tree JOIN current USING (objectid)
     WHERE inside OR EXISTS (SELECT 1 FROM gorod24_address a
                              WHERE a.objectguid = current.objectguid)
"""
)
#: Of changes: a known object of which only the place or a parameter changed.
DELTA_KNOWN = """
    INSERT INTO gorod24_gar_place (objectid, objectguid, parentid, depth, level,
                                   type_name, street_type, name, key, label)
    SELECT a.objectid, a.objectguid, NULLIF(l.parentid, 0),
           -- below a new place: not before that place is written
           COALESCE((SELECT max(p.depth) + 1 FROM gorod24_gar_place p
                      WHERE p.objectid = l.parentid), 0),
           a.level, a.type_name, '', a.name, split_part(a.search_key, '|', 1),
           a.register_name
      FROM gorod24_address a
      LEFT JOIN (SELECT DISTINCT ON (objectid) objectid, parentid
                   FROM gorod24_gar_link ORDER BY objectid, version DESC) l
           USING (objectid)
     WHERE a.objectguid IS NOT NULL AND a.objectid <> 0 AND a.active
       AND (l.objectid IS NOT NULL
            OR a.objectid IN (SELECT objectid FROM gorod24_gar_param))
       AND a.objectid NOT IN (SELECT objectid FROM gorod24_gar_version)
"""
PARAM_VALUES = """
    SELECT objectid, max(value) FILTER (WHERE type = 'postal_code') AS postal_code,
           max(value) FILTER (WHERE type = 'oktmo') AS oktmo
      FROM gorod24_gar_param GROUP BY objectid
"""
PARAMS = """
    UPDATE gorod24_gar_place p SET postal_code = v.postal_code, oktmo = v.oktmo
      FROM (SELECT objectid,
                   max(value) FILTER (WHERE type = 'postal_code') AS postal_code,
                   max(value) FILTER (WHERE type = 'oktmo') AS oktmo
              FROM gorod24_gar_param
             WHERE objectid IN (SELECT objectid FROM gorod24_gar_place)
             GROUP BY objectid) v
     WHERE v.objectid = p.objectid
"""
DOUBLE_GUID = """
    UPDATE {table} p SET act = 'refused', detail = %(reason)s
      FROM (SELECT objectid, row_number() OVER (
                       PARTITION BY objectguid ORDER BY objectid DESC) AS place
              FROM {table}) d
     WHERE d.objectid = p.objectid AND d.place > 1
"""
OWN = """
    INSERT INTO gorod24_gar_own (id, level, parent_id, town_id, root_id, active)
    SELECT a.id, a.level, a.parent_id, {town},
           split_part(a.parent_path, '/', 1)::int, a.active
      FROM gorod24_address a WHERE a.objectguid IS NULL
""".format(town=TOWN.format(path="a.parent_path"))
OWN_ROOT = """
    UPDATE gorod24_gar_own o SET root_own = r.objectguid IS NULL
      FROM gorod24_address r WHERE r.id = o.root_id
"""

FIND = """
    UPDATE gorod24_gar_place p SET address_id = a.id
      FROM gorod24_address a
     WHERE a.objectguid = p.objectguid AND p.depth = %(depth)s
       AND p.act IS DISTINCT FROM 'refused'
"""
FIND_PARENT = """
    UPDATE gorod24_gar_place p SET parent_id = a.id, town_id = {town}
      FROM gorod24_gar_place u JOIN gorod24_address a ON a.id = u.address_id
     WHERE p.depth = %(depth)s AND u.objectid = p.parentid
""".format(town=TOWN.format(path="a.parent_path"))
FIND_KNOWN_PARENT = """
    UPDATE gorod24_gar_place p SET parent_id = a.id, town_id = {town}
      FROM gorod24_address a
     WHERE p.depth = %(depth)s AND p.parent_id IS NULL AND a.objectid = p.parentid
""".format(town=TOWN.format(path="a.parent_path"))
NO_PARENT = """
    UPDATE gorod24_gar_place SET act = 'refused', detail = %(reason)s
     WHERE depth = %(depth)s AND parentid IS NOT NULL AND parent_id IS NULL
       AND act IS NULL AND address_id IS NULL
"""
# Streets by town, name and type; the shallower object of the register comes first.
ADOPT_STREETS = """
    UPDATE gorod24_gar_place p SET address_id = f.id
      FROM (SELECT p.objectid, o.id,
                   row_number() OVER (PARTITION BY o.id ORDER BY
                       (o.parent_id = p.parent_id) IS TRUE DESC, p.objectid) AS first,
                   row_number() OVER (PARTITION BY p.objectid ORDER BY
                       o.active DESC, o.street_type = p.street_type DESC,
                       (o.parent_id = p.parent_id) IS TRUE DESC, o.id) AS best
              FROM gorod24_gar_place p
              JOIN gorod24_gar_own o ON o.town_id = p.town_id AND o.key = p.key
                   AND (o.street_type = p.street_type OR o.street_type = '')
             WHERE p.depth = %(depth)s AND p.address_id IS NULL AND p.act IS NULL
               AND p.level IN ('street', 'plan') AND o.level IN ('street', 'plan')
           ) f
     WHERE f.objectid = p.objectid AND f.first = 1 AND f.best = 1
"""
# Towns and what is above them: by name, if there is only one such on both sides.
ADOPT_PLACES = """
    UPDATE gorod24_gar_place p SET address_id = f.id
      FROM (SELECT p.objectid, o.id,
                   count(*) OVER (PARTITION BY o.id) AS places,
                   count(*) OVER (PARTITION BY p.objectid) AS owns
              FROM gorod24_gar_place p
              LEFT JOIN gorod24_address u ON u.id = p.parent_id
              JOIN gorod24_gar_own o ON o.level = p.level AND o.key = p.key
                   AND (o.root_own OR u.id IS NULL
                        OR o.root_id = split_part(u.parent_path, '/', 1)::int)
             WHERE p.depth = %(depth)s AND p.address_id IS NULL AND p.act IS NULL
               AND p.level NOT IN ('street', 'plan')
           ) f
     WHERE f.objectid = p.objectid AND f.places = 1 AND f.owns = 1
"""
FORGET_OWN = """
    DELETE FROM gorod24_gar_own o USING gorod24_gar_place p
     WHERE p.address_id = o.id AND p.depth = %(depth)s
"""
# A street may hang below a district the curators gave: that is no move.
_MOVED = """(
    p.parent_id IS NOT NULL AND a.parent_id IS DISTINCT FROM p.parent_id
    AND NOT EXISTS (SELECT 1 FROM gorod24_address d
                     WHERE d.id = a.parent_id AND d.level = 'district'
                       AND d.parent_id = p.parent_id))"""
_RENAMED = """(
    p.label IS DISTINCT FROM a.register_name
    AND (a.register_name IS NOT NULL
         OR p.key <> split_part(a.search_key, '|', 1)))"""
_REVIVED = "(NOT a.active AND a.register_archived)"
LOOP = f"""
    UPDATE gorod24_gar_place p SET act = 'refused', detail = %(reason)s
      FROM gorod24_address a, gorod24_address u
     WHERE p.depth = %(depth)s AND a.id = p.address_id AND u.id = p.parent_id
       AND {_MOVED} AND u.parent_path LIKE a.parent_path || '%%'
"""
CLASSIFY = f"""
    UPDATE gorod24_gar_place p
       SET act = CASE WHEN d.detail = '' THEN 'unchanged' ELSE 'changed' END,
           detail = d.detail, old_name = d.old_name
      FROM (SELECT p.objectid,
                   CASE WHEN {_RENAMED} THEN a.name END AS old_name,
                   concat_ws('; ',
                       CASE WHEN a.objectguid IS NULL THEN %(adopted)s END,
                       CASE WHEN {_RENAMED} THEN %(name)s || ': '
                           || COALESCE(a.register_name, a.name) || ' → ' || p.label END,
                       CASE WHEN {_MOVED} THEN %(parent)s || ': '
                           || COALESCE(u.name, '—') || ' → ' || n.name END,
                       CASE WHEN a.level <> p.level THEN %(level)s END,
                       CASE WHEN a.postal_code <> p.postal_code
                                 OR a.postal_code IS NULL
                                 AND p.postal_code IS NOT NULL
                            THEN %(postal_code)s || ': ' || p.postal_code END,
                       CASE WHEN a.oktmo <> p.oktmo
                                 OR a.oktmo IS NULL AND p.oktmo IS NOT NULL
                            THEN %(oktmo)s || ': ' || p.oktmo END,
                       CASE WHEN {_REVIVED} THEN %(revived)s END
                   ) AS detail
              FROM gorod24_gar_place p
              JOIN gorod24_address a ON a.id = p.address_id
              LEFT JOIN gorod24_address u ON u.id = a.parent_id
              LEFT JOIN gorod24_address n ON n.id = p.parent_id
             WHERE p.depth = %(depth)s AND p.act IS NULL) d
     WHERE d.objectid = p.objectid
"""
UPDATE = f"""
    UPDATE gorod24_address a
       SET objectguid = p.objectguid, objectid = p.objectid,
           name = CASE WHEN {_RENAMED} THEN p.name ELSE a.name END,
           type_name = CASE WHEN {_RENAMED} OR COALESCE(a.type_name, '') = ''
                            THEN p.type_name ELSE a.type_name END,
           register_name = p.label, level = p.level,
           parent_id = CASE WHEN {_MOVED} THEN p.parent_id ELSE a.parent_id END,
           postal_code = COALESCE(p.postal_code, a.postal_code),
           oktmo = COALESCE(p.oktmo, a.oktmo),
           active = a.active OR a.register_archived IS TRUE,
           register_archived = FALSE,
           search_key = CASE WHEN {_RENAMED} THEN p.key ELSE a.search_key END,
           write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
      FROM gorod24_gar_place p
     WHERE p.depth = %(depth)s AND p.address_id = a.id AND p.act = 'changed'
 RETURNING a.id
"""
RENEW_PATHS = """
    WITH RECURSIVE moved AS (
        SELECT a.id, COALESCE(u.parent_path, '') || a.id || '/' AS path
          FROM gorod24_address a LEFT JOIN gorod24_address u ON u.id = a.parent_id
         WHERE a.id = ANY(%(ids)s)
           AND a.parent_path IS DISTINCT FROM
               COALESCE(u.parent_path, '') || a.id || '/'
        UNION ALL
        SELECT c.id, moved.path || c.id || '/'
          FROM moved JOIN gorod24_address c ON c.parent_id = moved.id
    )
    UPDATE gorod24_address a SET parent_path = moved.path
      FROM moved WHERE moved.id = a.id AND a.parent_path IS DISTINCT FROM moved.path
"""
NUMBER_NEW = """
    UPDATE gorod24_gar_place
       SET act = 'added', address_id = nextval('gorod24_address_id_seq')
     WHERE depth = %(depth)s AND act IS NULL
"""
INSERT = """
    INSERT INTO gorod24_address (id, name, type_name, register_name, level, parent_id,
           parent_path, search_key, objectguid, objectid, postal_code, oktmo,
           active, create_uid, create_date, write_uid, write_date {columns})
    SELECT p.address_id, p.name, p.type_name, p.label, p.level, p.parent_id,
           COALESCE(u.parent_path, '') || p.address_id || '/', p.key, p.objectguid,
           p.objectid, p.postal_code, p.oktmo, TRUE,
           %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC' {values}
      FROM gorod24_gar_place p LEFT JOIN gorod24_address u ON u.id = p.parent_id
     WHERE p.depth = %(depth)s AND p.act = 'added'
"""
INSERTED = {
    *("name", "type_name", "register_name", "level", "parent_id", "parent_path"),
    *("search_key", "objectguid", "objectid", "postal_code", "oktmo", "active"),
}
LOG = """
    INSERT INTO gorod24_gar_change (kind, action, objectguid, label, detail)
    SELECT 'address', p.act, p.objectguid,
           p.label || COALESCE(' (' || t.name || ')', ''), p.detail
      FROM gorod24_gar_place p LEFT JOIN gorod24_address t ON t.id = p.town_id
     WHERE p.depth = %(depth)s AND p.act IN ('added', 'changed', 'refused')
     ORDER BY p.label
"""
