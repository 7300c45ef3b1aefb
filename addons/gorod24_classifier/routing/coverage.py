# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Houses that no rule covers. Sets of houses are integers, one bit a house."""

from typing import NamedTuple


class House(NamedTuple):
    """A house; district_id None: it lies in no district."""

    id: int
    street_id: int
    district_id: int | None


class Town:
    """Houses of the directory by the territories they lie in."""

    def __init__(self, houses, street_paths):
        """
        :param houses: iterable of :class:`House`
        :param street_paths: {street id: ids of the territories above it and itself}
        """
        self.houses = sorted(houses, key=lambda house: (house.street_id, house.id))
        self.size = len(self.houses)
        self.everything = (1 << self.size) - 1
        self._place = {house.id: i for i, house in enumerate(self.houses)}
        self._by_address = self._group(street_paths)

    def _group(self, street_paths):
        """{address or district id: bits of its houses}."""
        members = {}
        for place, house in enumerate(self.houses):
            members.setdefault(house.street_id, []).append(place)
        masks = {}
        for street_id, places in members.items():
            mask = self._bits(places)
            for address_id in {street_id, *street_paths.get(street_id, ())}:
                masks[address_id] = masks.get(address_id, 0) | mask
        districts = {}
        for place, house in enumerate(self.houses):
            districts.setdefault(house.district_id, []).append(place)
        for district_id, places in districts.items():
            masks[district_id] = masks.get(district_id, 0) | self._bits(places)
        return masks

    def _bits(self, places):
        found = bytearray(self.size // 8 + 1)
        for place in places:
            found[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(found, "little")

    def get_address(self, address_id):
        """Bits of the houses of a territory; None: those outside all districts."""
        return self._by_address.get(address_id, 0)

    def get_buildings(self, building_ids):
        """Bits of a list of houses; unknown ones are passed over."""
        places = self._place
        return self._bits([places[i] for i in building_ids if i in places])

    def name(self, mask):
        """Ids of the houses of a set of bits."""
        found, place = [], 0
        for byte in mask.to_bytes(self.size // 8 + 1, "little"):
            for bit in range(8) if byte else ():
                if byte >> bit & 1:
                    found.append(self.houses[place + bit].id)
            place += 8
        return found


class Cover(NamedTuple):
    """What the rules of a topic cover: whole territories (None: the whole town)
    and single houses."""

    territories: frozenset = frozenset()
    houses: int = 0

    def __or__(self, other):
        return Cover(self.territories | other.territories, self.houses | other.houses)


class Coverage:
    """Rules in force on one day, ready to be asked topic by topic."""

    def __init__(self, town, rules):
        """
        :param town: :class:`Town`
        :param rules: iterable of (topic id or None, address id or None, list of
            house ids or None)
        """
        self.town = town
        self._nodes, self._paths, self._lists = {}, {}, {}
        for topic_id, address_id, building_ids in rules:
            cover = self._make_cover(address_id, building_ids)
            self._nodes[topic_id] = self._nodes.get(topic_id, Cover()) | cover

    def _make_cover(self, address_id, building_ids):
        if building_ids is not None:
            # a company has the same houses in the rules of many topics
            houses = tuple(building_ids)
            if houses not in self._lists:
                self._lists[houses] = self.town.get_buildings(houses)
            return Cover(houses=self._lists[houses])
        if address_id is None:
            return Cover(frozenset([None]), self.town.everything)
        return Cover(frozenset([address_id]), self.town.get_address(address_id))

    def get_cover(self, topic_path):
        """What the rules of a topic and of the groups above it cover."""
        nodes = tuple(i for i in (None, *topic_path) if i in self._nodes)
        if nodes not in self._paths:
            cover = Cover()
            for node in nodes:
                cover = cover | self._nodes[node]
            self._paths[nodes] = cover
        return self._paths[nodes]

    def find_gap(self, topic_path, district_path):
        """Houses of a district without an answer for a topic.

        :param district_path: ids from the region to the district, or [None] for
            the houses outside all districts
        :return: None when the whole district is covered, else (bits of the houses
            that are not covered, number of houses of the district)
        """
        cover = self.get_cover(topic_path)
        if None in cover.territories:
            return None
        if cover.territories.intersection(district_path):
            return None
        houses = self.town.get_address(district_path[-1])
        missing = houses & ~cover.houses
        if houses and not missing:
            return None
        return missing, houses.bit_count()

    def covers_town(self, topic_path):
        """Whether somebody answers where no place is named."""
        return None in self.get_cover(topic_path).territories
