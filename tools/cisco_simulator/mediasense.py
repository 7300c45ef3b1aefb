# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""MediaSense of the simulator: sign in, query, events, download. HTTP is always 200."""

import asyncio
import contextlib
import secrets

import aiohttp
from aiohttp import web

USER, PASSWORD = "recorder", "media-secret"
# normal; lost: the sound cannot be downloaded; broken: CLOSED_ERROR without sound.
HABITS = ("normal", "lost", "broken")


class MediaSense:
    """Sessions of ended calls; the recorder hands them over."""

    def __init__(self):
        self.sessions = {}
        self.sounds = {}
        self.cookies = set()
        self.subscriptions = {}
        self.habit = "normal"

    def routes(self):
        """Routes below /ora."""
        return [
            web.post("/ora/authenticationService/authentication/signIn", self.sign_in),
            web.post("/ora/queryService/query/getSessions", self.query),
            web.post("/ora/eventService/event/subscribeToEvents", self.subscribe),
            web.get("/ora/sound/{id}.wav", self.download),
            web.post("/control/mediasense", self.control),
        ]

    def keep(self, described, sound):
        """A recording of the recorder, as MediaSense would tell it."""
        number = secrets.token_hex(6)
        refs = described["refs"]
        began = described["began_ms"]
        people = [
            (described["agent_extension"], refs["near_refci"]),
            (described["remote_number"], refs["far_refci"]),
        ]
        self.sounds[number] = sound if self.habit == "normal" else None
        self.sessions[number] = {
            "sessionId": number,
            "sessionState": "CLOSED_NORMAL",
            "sessionStartDate": began,
            "sessionDuration": int(described["duration_s"] * 1000),
            "callControllerType": "Cisco-CUCM",
            "ccid": "",
            "tracks": [
                {
                    "trackNumber": track,
                    "participants": [{"deviceRef": device, "xRefCi": xrefci}],
                }
                for track, (device, xrefci) in enumerate(people)
            ],
        }
        if self.habit == "broken":
            self.sessions[number]["sessionState"] = "CLOSED_ERROR"
            del self.sessions[number]["sessionDuration"]
        return number

    async def tell(self, number):
        """Post the end of a session to the subscribers."""
        body = {
            "eventType": "SESSION_EVENT",
            "eventAction": "ENDED",
            "eventBody": self.sessions[number] | {"urls": []},
        }
        async with aiohttp.ClientSession() as http:
            for address in self.subscriptions.values():
                with contextlib.suppress(aiohttp.ClientError, asyncio.TimeoutError):
                    await http.post(address, json=body)

    async def sign_in(self, request):
        asked = (await request.json()).get("requestParameters", {})
        if (asked.get("username"), asked.get("password")) != (USER, PASSWORD):
            return _answer(4011, "invalid credentials")
        cookie = secrets.token_hex(8)
        self.cookies.add(cookie)
        answer = _answer(2000)
        answer.set_cookie("JSESSIONID", cookie)
        return answer

    def _is_known(self, request):
        shown = request.headers.get("JSESSIONID") or request.cookies.get("JSESSIONID")
        return shown in self.cookies

    async def query(self, request):
        if not self._is_known(request):
            return _answer(4021, "invalid session")
        asked = (await request.json())["requestParameters"]
        spans = [
            condition["fieldValues"]
            for parameter in asked
            if parameter["fieldName"] == "sessionStartDate"
            for condition in parameter["fieldConditions"]
        ]
        base = f"{request.scheme}://{request.host}/ora/sound"
        found = [
            session | {"urls": self._urls(session, f"{base}/{number}.wav")}
            for number, session in self.sessions.items()
            if all(low <= session["sessionStartDate"] <= high for low, high in spans)
        ]
        return _answer(2000, body={"sessions": found})

    @staticmethod
    def _urls(session, address):
        return {"wavUrl": address} if "sessionDuration" in session else {}

    async def subscribe(self, request):
        if not self._is_known(request):
            return _answer(4021, "invalid session")
        address = (await request.json())["requestParameters"]["subscriptionUri"]
        for number, known in self.subscriptions.items():
            if known == address:
                return _answer(4051, "exists", {"subscriptionId": number})
        number = secrets.token_hex(4)
        self.subscriptions[number] = address
        return _answer(2000, body={"subscriptionId": number})

    async def download(self, request):
        if not self._is_known(request):
            return web.Response(status=401)
        sound = self.sounds.get(request.match_info["id"])
        if sound is None:
            return web.Response(status=404)
        return web.Response(body=sound, content_type="audio/wav")

    async def control(self, request):
        """How recordings are kept (habit); without one, forget as after a restart.

        What is forgotten is who is signed in and who subscribed.
        """
        habit = (await request.json()).get("habit")
        if habit in HABITS:
            self.habit = habit
            return web.json_response({"habit": habit})
        self.cookies.clear()
        self.subscriptions.clear()
        return web.json_response({"sessions": len(self.sessions)})


def _answer(code, message="", body=None):
    return web.json_response(
        {
            "responseCode": code,
            "responseMessage": message,
            "responseBody": body or {},
        }
    )
