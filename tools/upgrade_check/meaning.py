# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What must be true in a database of the present version, whatever it came from."""

# (what it is in words, a query that returns the rows where it is not so)
TRUTHS = [
    (
        "свод вопросов равен самим вопросам",
        """SELECT state, sum(n) FROM (
               SELECT state, sum(question_count) AS n FROM gorod24_question_stat_full
                GROUP BY state
               UNION ALL
               SELECT state, -count(*) FROM gorod24_question
                WHERE registered_at IS NOT NULL GROUP BY state) both_sides
            GROUP BY state HAVING sum(n) <> 0""",
    ),
    (
        "свод звонков равен самим звонкам",
        """SELECT result, sum(n) FROM (
               SELECT result, sum(call_count) AS n FROM gorod24_call_stat_full
                GROUP BY result
               UNION ALL
               SELECT result, -count(*) FROM gorod24_call
                WHERE started_at IS NOT NULL GROUP BY result) both_sides
            GROUP BY result HAVING sum(n) <> 0""",
    ),
    (
        "слова каждого вопроса находятся поиском",
        "SELECT id FROM gorod24_question WHERE text <> '' AND words_vector IS NULL",
    ),
    (
        "срок вопроса – срок его открытого счётчика",
        """SELECT q.name FROM gorod24_question q
             JOIN gorod24_clock c ON c.res_model = 'gorod24.question'
              AND c.res_id = q.id AND c.state = 'running' AND c.excuse IS NULL
            WHERE (c.kind = 'execution' AND q.execution_due IS DISTINCT FROM c.target)
               OR (c.kind = 'acceptance' AND q.accept_due IS DISTINCT FROM c.target)
               OR (c.kind = 'informing' AND q.informing_due IS DISTINCT FROM c.target)
        """,
    ),
    (
        "обязанность сообщить стоит в очереди или ждёт другого номера",
        """SELECT id FROM gorod24_informing
            WHERE state = 'due' AND next_at IS NULL AND needs_contact IS NOT TRUE
              AND COALESCE(letter_state, '') = ''""",
    ),
    (
        "по неверному номеру никто не звонит",
        """SELECT d.id FROM gorod24_informing d JOIN gorod24_phone p
               ON p.partner_id = d.partner_id AND p.e164 = d.phone_e164
            WHERE d.state = 'due' AND p.wrong AND d.next_at IS NOT NULL""",
    ),
    (
        "к информированию – те и только те вопросы, у которых есть обязанность",
        """SELECT q.name FROM gorod24_question q
            WHERE (q.state = 'informing') <> EXISTS (
                  SELECT FROM gorod24_informing d
                   WHERE d.question_id = q.id AND d.state = 'due')""",
    ),
    (
        "у каждого зарегистрированного вопроса есть ход",
        """SELECT q.name FROM gorod24_question q
            WHERE q.registered_at IS NOT NULL AND NOT EXISTS (
                  SELECT FROM gorod24_question_event e WHERE e.question_id = q.id)""",
    ),
    (
        "контрольный период вопроса – период его последнего направления",
        """SELECT q.name FROM gorod24_question q
             JOIN (SELECT question_id, max(period) AS period FROM gorod24_referral
                    WHERE role = 'main' GROUP BY question_id) r
               ON r.question_id = q.id
            WHERE q.period < r.period""",
    ),
    (
        "закрытый направлением результат открывает новый период",
        """SELECT r.id FROM gorod24_referral r JOIN gorod24_referral p
               ON p.id = r.previous_id
            WHERE p.state = 'done' AND r.role = 'main' AND r.period <= p.period""",
    ),
    (
        "разговор без обращения ждёт карточки, с обращением – нет",
        """SELECT c.id FROM gorod24_call c
            WHERE c.card_due AND EXISTS (
                  SELECT FROM gorod24_call_ticket_rel r WHERE r.call_id = c.id)""",
    ),
    (
        "разговор единственного оператора – без удержания, как и разговор звонка",
        """SELECT c.id FROM gorod24_call c JOIN gorod24_call_leg l ON l.call_id = c.id
            WHERE c.state = 'ended' AND l.answered_at IS NOT NULL
              AND NOT EXISTS (
                  SELECT FROM gorod24_call_leg o WHERE o.call_id = c.id
                     AND o.id <> l.id AND o.answered_at IS NOT NULL)
              AND abs(extract(epoch FROM l.ended_at - l.answered_at)
                      - COALESCE(l.hold_seconds, 0) - c.talk_seconds) > 1""",
    ),
]


def untruths(server, database):
    """List of (words, first rows that contradict)."""
    found = []
    for words, sql in TRUTHS:
        rows = server.query(database, f"{sql} LIMIT 5")
        if rows:
            found.append((words, [" ".join(row) for row in rows]))
    return found
