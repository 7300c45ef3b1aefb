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
}
DUTY = ("Павел Кречетов", "UK-IND", "Участок «Солнечная Поляна»")


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
    name, code, section_name = DUTY
    section = sections[code, section_name]
    users += env["res.users"].create(
        dict(
            common,
            name=name,
            login="duty",
            group_ids=[Command.set(env.ref("gorod24_portal.group_participant").ids)],
            parent_id=section.participant_id.id,
        )
    )
    section.member_ids = [Command.create({"user_id": users[-1].id, "role": "duty"})]
    admin = env.ref("base.user_admin")
    admin.write(dict(common, name="Администратор"))
    for user in users | admin:
        if passwords.get(user.login):
            user.password = passwords[user.login]
    return users
