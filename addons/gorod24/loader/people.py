# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from ..city import make_people


def load_people(env, rng, count):
    """Create citizens with an address and a phone; return them."""
    buildings = env["gorod24.building"].search([])
    people = make_people(rng, count)
    partners = env["res.partner"].create(
        [
            {
                "name": person["name"],
                "phone": person["phone"],
                "building_id": rng.choice(buildings).id,
                "flat": person["flat"],
                "address_confirmed": True,
                "lang": "ru_RU",
            }
            for person in people
        ]
    )
    env["gorod24.phone"].create(
        [
            {"e164": person["phone"], "partner_id": partner.id}
            for person, partner in zip(people, partners, strict=True)
        ]
    )
    return partners
