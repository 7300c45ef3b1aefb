# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A set of OBJECTIDs in few bytes: a region may hold millions of them."""

from array import array
from bisect import bisect_left

#: Largest OBJECTID held as bits (64 MB); today's are below 200 million.
MAX_BIT = 1 << 29


class IdSet:
    """Numbers to be asked for often; grows only through `add_all`."""

    def __init__(self, numbers=()):
        self._bits = bytearray()
        self._large = array("q")
        self._count = 0
        self.add_all(numbers)

    def add_all(self, numbers):
        bits = self._bits
        large = []
        for number in numbers:
            if not 0 <= number < MAX_BIT:
                large.append(number)
                continue
            place = number >> 3
            if place >= len(bits):
                bits.extend(bytes(place + 1 - len(bits) + (place >> 3)))
            if not bits[place] & (1 << (number & 7)):
                bits[place] |= 1 << (number & 7)
                self._count += 1
        if large:
            merged = sorted({*self._large, *large})
            self._count += len(merged) - len(self._large)
            self._large = array("q", merged)

    def __contains__(self, number):
        if 0 <= number < MAX_BIT:
            place = number >> 3
            bits = self._bits
            return place < len(bits) and bool(bits[place] & (1 << (number & 7)))
        place = bisect_left(self._large, number)
        return place < len(self._large) and self._large[place] == number

    def __len__(self):
        return self._count
