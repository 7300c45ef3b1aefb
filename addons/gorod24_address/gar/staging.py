# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tables an import works in: unlogged, made at its start, dropped at its end.

Lines of the files come in through COPY and are compared with the directory by SQL,
so that the memory of Python does not grow with the archive.
"""

PREFIX = "gorod24_gar_"
MARK = f"{PREFIX}mark"
TABLES = {
    # whose staging this is; gone after a crash of PostgreSQL
    "mark": "import_id int",
    "version": (
        "region text, objectid int, objectguid text, version bigint, current bool,"
        " date_from date, date_to date, level text, top bool, type_name text,"
        " street_type text, name text, key text, label text"
    ),
    "house": (
        "region text, objectid int, objectguid text, version bigint, current bool,"
        " date_from date, date_to date, house text, key text, house_type int"
    ),
    "link": "objectid int, parentid int, version bigint, inside bool",
    "flat": "objectid int",
    "param": "objectid int, type text, value text, version bigint",
    # address objects of the scope, one line each
    "place": (
        "objectid int, objectguid text, parentid int, depth int, level text,"
        " type_name text, street_type text, name text, key text, label text,"
        " postal_code text, oktmo text, address_id int, parent_id int, town_id int,"
        " act text, detail text, old_name text"
    ),
    # streets and towns entered by hand, to be adopted
    "own": (
        "id int, level text, key text, street_type text, parent_id int, town_id int,"
        " root_id int, root_own bool, active bool"
    ),
    # names by which a place is found already, and those to be added
    "alias": "address_id int, key text",
    # houses of the scope, one line each
    "spot": (
        "objectid int, objectguid text, current bool, date_from date, date_to date,"
        " house text, key text, house_type int, street_id int, building_id int,"
        " flats int, postal_code text, oktmo text, act text,"
        " detail text, seq int, renumbered bool"
    ),
    # houses of ours to be archived
    "gone": "id int",
    "change": (
        "id serial, kind text, action text, objectguid text, label text, detail text"
    ),
}


def create_statements():
    """DDL of all staging tables, those of an earlier import dropped first."""
    for name, columns in TABLES.items():
        yield f"DROP TABLE IF EXISTS {PREFIX}{name}"
        yield f"CREATE UNLOGGED TABLE {PREFIX}{name} ({columns})"


def drop_statements():
    """DDL that leaves nothing behind."""
    for name in TABLES:
        yield f"DROP TABLE IF EXISTS {PREFIX}{name}"


def copy_statement(table, columns):
    """COPY … FROM STDIN of some columns of a staging table."""
    return f"COPY {PREFIX}{table} ({', '.join(columns)}) FROM STDIN"
