# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Make an old city big: its appeals and all that hangs on them, many times over."""

# table: columns that hold ids of another table of this list
TABLES = {
    "helpdesk_ticket": {},
    "gorod24_question": {
        "appeal_id": "helpdesk_ticket",
        "referral_id": "gorod24_referral",
    },
    "gorod24_referral": {
        "appeal_id": "helpdesk_ticket",
        "question_id": "gorod24_question",
    },
    "gorod24_informing": {"question_id": "gorod24_question"},
    "gorod24_informing_attempt": {"informing_id": "gorod24_informing"},
    "gorod24_clock": {"res_id": "gorod24_question"},
    "gorod24_call": {},
    "gorod24_call_ticket_rel": {
        "call_id": "gorod24_call",
        "ticket_id": "helpdesk_ticket",
    },
}
# texts that must stay unique
NAMES = ("number", "name", "access_token")
COLUMNS = """
SELECT column_name FROM information_schema.columns
 WHERE table_schema = 'public' AND table_name = '{table}'
   AND is_generated = 'NEVER' ORDER BY ordinal_position
"""


def grow(server, database, rows):
    """Copy the appeals until there are about so many; return how many there are."""
    count = int(server.value(database, "SELECT count(*) FROM helpdesk_ticket"))
    times = max(rows // count, 1)
    steps = {
        table: server.value(database, f"SELECT COALESCE(max(id), 0) FROM {table}")
        for table in TABLES
        if not table.endswith("_rel")
    }
    statements = [_copy(server, database, table, steps, times) for table in TABLES]
    # the two tables that point at each other are copied before they are checked
    script = ["BEGIN", "SET CONSTRAINTS ALL DEFERRED"]
    script += [
        "ALTER TABLE gorod24_question DROP CONSTRAINT gorod24_question_referral_id_fkey"
    ]
    script += [*statements, "COMMIT", "ANALYZE"]
    script[-1:-1] = [
        "ALTER TABLE gorod24_question ADD CONSTRAINT gorod24_question_referral_id_fkey"
        " FOREIGN KEY (referral_id) REFERENCES gorod24_referral(id) ON DELETE SET NULL"
    ]
    script += [
        f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"
        for table in steps
    ]
    quiet = "SET client_min_messages = error;\n"
    server.query(database, quiet + ";\n".join(script))
    return int(server.value(database, "SELECT count(*) FROM helpdesk_ticket"))


def _copy(server, database, table, steps, times):
    found = [row[0] for row in server.query(database, COLUMNS.format(table=table))]
    values = []
    for column in found:
        if column == "id":
            values.append(f"t.id + k * {steps[table]}")
        elif column in TABLES[table]:
            step = steps[TABLES[table][column]]
            values.append(f't."{column}" + k * {step}')
        elif column in NAMES and table in ("helpdesk_ticket", "gorod24_question"):
            values.append(f"t.\"{column}\" || '-' || k")
        else:
            values.append(f't."{column}"')
    names = ", ".join(f'"{column}"' for column in found)
    where = (
        " WHERE t.res_model = 'gorod24.question'" if "res_id" in TABLES[table] else ""
    )
    return (
        f"INSERT INTO {table} ({names}) SELECT {', '.join(values)}"
        f" FROM {table} t CROSS JOIN generate_series(1, {times - 1}) k{where}"
    )
