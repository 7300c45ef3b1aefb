# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.fields import Command

# login: (name, group, agent id, extension)
STAFF = {
    "operator": ("Мария Соколова", "gorod24_appeals.group_operator", "6021", "2830"),
    "operator2": ("Ольга Демина", "gorod24_appeals.group_operator", "6022", "2831"),
    "supervisor": (
        "Ирина Лобанова",
        "gorod24_appeals.group_supervisor",
        "6023",
        "2832",
    ),
    "manager": ("Сергей Воронцов", "gorod24_appeals.group_manager", False, False),
    "curator": ("Наталья Ремизова", "gorod24_appeals.group_curator", False, False),
}
# Portal people of one participant — login: (name, role in the section).
PORTAL = {
    "duty": ("Павел Кречетов", "duty"),
    "head": ("Виктор Шумилов", "head"),
}
PORTAL_SECTION = ("UK-IND", "Участок «Солнечная Поляна»")


def load_users(env, sections, passwords):
    """Create the people whose logins are shown at the start.

    :param sections: dict (participant code, section name) → gorod24.section.
    :param passwords: dict login → password; a login without one cannot sign in.
    """
    common = {"lang": "ru_RU", "tz": "Asia/Barnaul"}
    users = env["res.users"].create(
        [
            dict(
                common,
                name=name,
                login=login,
                telephony_agent_id=agent,
                telephony_extension=extension,
                group_ids=[Command.set(env.ref(group).ids)],
            )
            for login, (name, group, agent, extension) in STAFF.items()
        ]
    )
    users += _load_portal(env, sections[PORTAL_SECTION], common)
    admin = env.ref("base.user_admin")
    admin.write(dict(common, name="Администратор"))
    for user in users | admin:
        if passwords.get(user.login):
            user.password = passwords[user.login]
    return users


def _load_portal(env, section, common):
    """The people of one section, signing in to the portal."""
    group = env.ref("gorod24_portal.group_participant")
    users = env["res.users"].create(
        [
            dict(
                common,
                name=name,
                login=login,
                group_ids=[Command.set(group.ids)],
                parent_id=section.participant_id.id,
            )
            for login, (name, _role) in PORTAL.items()
        ]
    )
    section.member_ids = [
        Command.create({"user_id": user.id, "role": PORTAL[user.login][1]})
        for user in users
    ]
    return users
