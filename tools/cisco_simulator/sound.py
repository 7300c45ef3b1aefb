# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Speech-like sound: syllables of a few harmonics, two voices, 8 kHz PCM stereo."""

import io
import math
import random
import wave
from array import array

RATE = 8000
LENGTHS = (0.12, 0.16, 0.22, 0.28)
NOISE = 64  # samples
VOICES = (118, 205)  # base pitch in Hz: operator, citizen
_bank = {}


def _syllable(pitch, seconds, vowel):
    """One syllable: harmonics under a formant, rising and falling."""
    samples = array("h")
    count = int(RATE * seconds)
    formant = (500, 700, 1100)[vowel % 3]
    weights = [
        math.exp(-(((k * pitch - formant) / 450) ** 2)) + 0.25 / k for k in range(1, 9)
    ]
    for index in range(count):
        envelope = math.sin(math.pi * index / count)
        bend = 1 + 0.04 * math.sin(2 * math.pi * index / count)
        angle = 2 * math.pi * pitch * bend * index / RATE
        value = sum(w * math.sin(k * angle) for k, w in enumerate(weights, 1))
        samples.append(int(4200 * envelope * value / sum(weights) * 2))
    return samples


def _syllables(voice):
    if voice not in _bank:
        _bank[voice] = [
            _syllable(VOICES[voice] * (1 + 0.03 * step), length, step)
            for step, length in enumerate(LENGTHS)
        ]
    return _bank[voice]


def _track(voice, count, dice, turns):
    """One side of the talk: speaks in its turns, is silent in the other's."""
    track = array("h", bytes(2 * count))
    for begin, end in turns:
        at = begin
        while at < end:
            part = dice.choice(_syllables(voice))
            part = part[: max(0, min(len(part), end - at, count - at))]
            track[at : at + len(part)] = part
            at += max(1, len(part)) + dice.randrange(200, 900)
    return track


def wav(seconds, seed):
    """Bytes of a WAV file of ``seconds``: left the operator, right the citizen.

    Each seed has bytes of its own, as every true recording has: of a short talk there
    are few syllables to choose from, so its first samples differ by noise nobody hears.
    """
    dice = random.Random(seed)  # noqa: S311
    count = max(RATE // 4, int(seconds * RATE))
    turns, at, voice = ([], []), 0, 0
    while at < count:
        end = min(count, at + int(RATE * dice.uniform(1.2, 3.5)))
        turns[voice].append((at, end))
        at, voice = end + RATE // 5, 1 - voice
    both = array("h", bytes(4 * count))
    for voice in (0, 1):
        both[voice::2] = _track(voice, count, dice, turns[voice])
    noise = dice.getrandbits(NOISE)
    for place in range(NOISE):
        both[place] += noise >> place & 1
    target = io.BytesIO()
    with wave.open(target, "wb") as stream:
        stream.setnchannels(2)
        stream.setsampwidth(2)
        stream.setframerate(RATE)
        stream.writeframes(both.tobytes())
    return target.getvalue()
