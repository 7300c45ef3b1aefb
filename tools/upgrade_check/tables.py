# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What lies in a database: every row of every table people's data stand in."""

import json

from tools.bootstrap.sql import literal

# Odoo writes these itself at every update, or they are nobody's data.
NOT_DATA = (
    "ir_model",
    "ir_model_access",
    "ir_model_constraint",
    "ir_model_fields",
    "ir_model_fields_selection",
    "ir_model_inherit",
    "ir_model_relation",
    "ir_module_category",
    "ir_module_module",
    "ir_module_module_dependency",
    "ir_module_module_exclusion",
    "ir_profile",
    "ir_ui_menu",
    "ir_ui_menu_group_rel",
    "ir_ui_view",
    "ir_ui_view_group_rel",
    "ir_act_client",
    "ir_act_report_xml",
    "ir_act_server",
    "ir_act_url",
    "ir_act_window",
    "ir_act_window_view",
    "ir_act_window_group_rel",
    "ir_asset",
    "ir_logging",
    "ir_actions",
    "rule_group_rel",
    "ir_rule",
    "res_groups_report_rel",
    "bus_bus",
    "bus_presence",
    "base_cache_signaling_assets",
    "report_paperformat",
)
# An update writes the moment of it.
NOT_MEANING = ("write_date", "write_uid")

COLUMNS = """
SELECT c.table_name, c.column_name
  FROM information_schema.columns c
  JOIN information_schema.tables t
    ON t.table_schema = c.table_schema AND t.table_name = c.table_name
 WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
 ORDER BY 1, 2
"""


def columns_of(server, database):
    """{table: [columns]} of the tables that hold people's data."""
    tables = {}
    for table, column in server.query(database, COLUMNS):
        if table not in NOT_DATA and column not in NOT_MEANING:
            tables.setdefault(table, []).append(column)
    return tables


def rows_of(server, database, table, columns):
    """{key: {column: value}} of a table; rows without an id are their own key."""
    names = ", ".join(f'"{name}"' for name in columns)
    rows = server.query(
        database,
        f'SELECT row_to_json(r)::text FROM (SELECT {names} FROM "{table}") r',
    )
    found = {}
    for (text,) in rows:
        row = json.loads(text)
        found[row.get("id", text)] = row
    return found


def names_of(server, database):
    """{(model, record id): xml id} of all records data files have made."""
    rows = server.query(
        database,
        "SELECT model, res_id, module || '.' || name FROM ir_model_data",
    )
    return {(model, int(id_)): name for model, id_, name in rows}


def schema_of(server, database):
    """Lines that describe columns, constraints and indexes."""
    queries = (
        "SELECT concat_ws(' ', 'column', table_name, column_name, data_type,"
        " CASE is_nullable WHEN 'NO' THEN 'NOT NULL' END,"
        " CASE is_generated WHEN 'ALWAYS' THEN 'GENERATED' END)"
        " FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname,"
        " pg_get_constraintdef(oid)) FROM pg_constraint"
        f" WHERE connamespace = {literal('public')}::regnamespace",
        "SELECT concat_ws(' ', 'index', indexname, indexdef) FROM pg_indexes"
        " WHERE schemaname = 'public'",
        "SELECT concat_ws(' ', 'trigger', tgrelid::regclass, tgname)"
        " FROM pg_trigger WHERE NOT tgisinternal",
    )
    return {row[0] for sql in queries for row in server.query(database, sql)}
