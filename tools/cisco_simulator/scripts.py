# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Stories that the simulated exchange can play: for a person and for the tests.

Each gets :class:`Hands` and plays one story of the protocol sheet (§10) to its end.
"""

import asyncio
import random
from contextlib import asynccontextmanager


class Hands:
    """What a script may do. ``control(path, body)`` asks the simulator's control.

    :param pace: seconds of a human pause; 0 for tests.
    """

    def __init__(self, control, agents, pace=2.0):
        self.control = control
        self.agents = agents
        self.pace = pace
        self.calls = []

    def number(self):
        return f"83852{random.randrange(100_000, 999_999)}"  # noqa: S311

    async def pause(self, times=1.0):
        await asyncio.sleep(self.pace * times)

    async def ring(self, place=0, **values):
        agent = self.agents[place % len(self.agents)]["id"]
        body = {"agent": agent, "from": self.number(), **values}
        call = await self.control("call", body)
        self.calls.append(call["id"])
        return call["id"]

    async def act(self, call, act, **values):
        return await self.control(f"calls/{call}/{act}", values)

    async def talk(self, place=0, **values):
        """A citizen who is already talking."""
        call = await self.ring(place, **values)
        await self.pause()
        await self.act(call, "answer")
        await self.pause()
        return call

    async def until(self, call, state):
        """Wait until the call is in one of the states (of its first telephone)."""
        async with asyncio.timeout(60):
            while (await self.control(f"calls/{call}"))["state"] not in state:
                await asyncio.sleep(0.02)

    async def recorded(self, call):
        """Wait until the recorder has written every piece of an ended call."""
        async with asyncio.timeout(60):
            while True:
                ledger = (await self.control("ledger"))["calls"]
                for one in ledger:
                    pieces = sum(part["segments"] for part in one["parts"])
                    if one["id"] == call and len(one["recordings"]) == pieces:
                        return
                await asyncio.sleep(0.02)

    async def consult(self, call, place=0, colleague=1):
        """Ask a colleague, who lifts; returns the consult call."""
        agent = self.agents[place]["id"]
        number = self.agents[colleague]["extension"]
        asked = await self.act(call, "consult", agent=agent, number=number)
        self.calls.append(asked["id"])
        async with asyncio.timeout(60):
            while True:
                found = await self.control(f"calls/{asked['id']}")
                if found["far_state"] == "ALERTING":
                    break
                await asyncio.sleep(0.02)
        await self.pause()
        await self.act(asked["id"], "answer", agent=self.agents[colleague]["id"])
        await self.pause()
        return asked["id"]

    @asynccontextmanager
    async def habit(self, what, **values):
        """A bad habit of the feed, the journal or the recorder, for a while."""
        await self.control(what, values)
        try:
            yield
        finally:
            await self.control(what, {"habit": "normal"})

    async def until_linked(self):
        """Wait until every operator's line has its connection again."""
        async with asyncio.timeout(60):
            while (await self.control("link", {}))["connections"] < len(self.agents):
                await asyncio.sleep(0.02)

    @asynccontextmanager
    async def lost_link(self, state):
        """No notification reaches anybody for a while."""
        await self.control("link", {"state": state})
        try:
            yield
        finally:
            await self.control("link", {"state": "open"})


async def normal(hands):
    """обычный звонок: вызов, разговор, гражданин кладёт трубку"""
    call = await hands.talk()
    await hands.pause(3)
    await hands.act(call, "hangup")


async def abandon(hands):
    """гражданин не дождался ответа"""
    call = await hands.ring(scenario="abandon", ring_seconds=hands.pace * 2)
    await hands.until(call, ("ENDED",))


async def no_answer(hands):
    """оператор не снял трубку, звонок ушёл следующему"""
    second = hands.agents[1]["id"]
    call = await hands.ring(
        scenario="no_answer", ring_seconds=hands.pace * 2, then_agent=second
    )
    async with asyncio.timeout(60):
        while (await hands.control(f"calls/{call}"))["agent"] != second:
            await asyncio.sleep(0.02)
    await hands.pause()
    await hands.act(call, "answer")
    await hands.pause()
    await hands.act(call, "hangup")


async def busy(hands):
    """оператор набирает номер, а он занят"""
    agent = hands.agents[0]
    await hands.control("outbound", {"mode": "busy"})
    try:
        call = await hands.control(
            "dial", {"agent": agent["id"], "number": hands.number()}
        )
        hands.calls.append(call["id"])
        await hands.until(call["id"], ("ENDED",))
    finally:
        await hands.control("outbound", {"mode": "answer"})


async def hold(hands):
    """удержание и возврат: запись из двух частей"""
    call = await hands.talk()
    await hands.act(call, "hold")
    await hands.pause()
    await hands.act(call, "retrieve")
    await hands.pause()
    await hands.act(call, "hangup")


async def blind_transfer(hands):
    """перевод без консультации"""
    call = await hands.talk()
    await hands.act(
        call,
        "transfer",
        agent=hands.agents[0]["id"],
        number=hands.agents[1]["extension"],
    )
    await hands.pause()
    await hands.act(call, "answer", agent=hands.agents[1]["id"])
    await hands.pause()
    await hands.act(call, "hangup")


async def consult_transfer(hands):
    """перевод с консультацией: коллега получает звонок уже в разговоре"""
    call = await hands.talk()
    await hands.consult(call)
    await hands.act(call, "complete", agent=hands.agents[0]["id"])
    await hands.pause()
    await hands.act(call, "hangup")


async def swapped_consult(hands):
    """перевод, когда оператор перед ним вернулся к гражданину"""
    call = await hands.talk()
    asked = await hands.consult(call)
    await hands.act(call, "retrieve", agent=hands.agents[0]["id"])
    await hands.act(call, "complete", agent=hands.agents[0]["id"])
    await hands.pause()
    await hands.act(asked, "hangup")


async def conference(hands):
    """разговор втроём, первый оператор выходит"""
    call = await hands.talk()
    await hands.consult(call)
    await hands.act(call, "conference", agent=hands.agents[0]["id"])
    await hands.pause()
    await hands.act(call, "leave", agent=hands.agents[0]["id"])
    await hands.pause()
    await hands.act(call, "hangup")


async def two_calls(hands):
    """второй звонок на тот же телефон во время разговора"""
    first = await hands.talk()
    second = await hands.ring(second=True)
    await hands.pause()
    await hands.act(second, "hangup")
    await hands.act(first, "hangup")


async def late_data(hands):
    """номер гражданина приходит одним уведомлением позже"""
    call = await hands.talk(late_data=True)
    await hands.act(call, "hangup")


async def late_data_talk(hands):
    """номер гражданина приходит, когда с ним уже говорят"""
    call = await hands.talk(late_data="talk")
    await hands.pause()
    await hands.act(call, "hangup")


async def duplicates(hands):
    """каждое уведомление приходит дважды"""
    async with hands.habit("feed", habit="duplicate"):
        await hold(hands)


async def disorder(hands):
    """уведомления приходят не по порядку"""
    async with hands.habit("feed", habit="disorder"):
        await hold(hands)


async def silence(hands):
    """уведомления теряются посреди звонка; он кончается, пока их нет"""
    call = await hands.talk()
    async with hands.habit("feed", habit="silent"):
        await hands.act(call, "hangup")
    await hands.pause()


async def lost_link(hands):
    """связь обрывается посреди звонка: он кончается, а другой начинается без неё"""
    call = await hands.talk()
    async with hands.lost_link("cut"):
        await hands.pause()
        await hands.act(call, "hangup")
        other = await hands.ring(1)
        await hands.pause()
    # the card of the second one opens as soon as the link is back
    await hands.until_linked()
    await hands.pause(2)
    await hands.act(other, "answer")
    await hands.pause()
    await hands.act(other, "hangup")


async def failover(hands):
    """первый узел Finesse выходит из строя посреди звонка и возвращается"""
    call = await hands.talk()
    await hands.control("nodes", {"1": "OUT_OF_SERVICE"})
    await hands.pause(5)
    await hands.act(call, "hangup")
    await hands.control("nodes", {"1": "IN_SERVICE"})


async def journal_half(hands):
    """журнал станции выгружается медленно и виден недописанным"""
    async with hands.habit("journal", habit="half", columns=118):
        await normal(hands)


async def journal_repeat(hands):
    """файл журнала выгружен дважды, без кавычек"""
    async with hands.habit("journal", habit="repeat", columns=129, quoted=False):
        await normal(hands)


async def journal_late(hands):
    """часть строк журнала приходит позже других"""
    async with hands.habit("journal", habit="late", columns=133, quoted=True):
        await blind_transfer(hands)
    await hands.pause()
    await hands.control("journal", {"flush": True})


async def journal_clock(hands):
    """часы станции отстают от часов Finesse на сорок секунд"""
    async with hands.habit("journal", habit="clock", seconds=-40):
        await normal(hands)


async def recorder_late(hands):
    """запись появляется с опозданием"""
    await hands.control("recorder", {"habit": "late", "seconds": hands.pace * 3})
    await hold(hands)
    await hands.control("recorder", {"habit": "normal"})


async def recorder_clock(hands):
    """часы записывающего устройства спешат на полторы минуты"""
    async with hands.habit("recorder", habit="clock", seconds=90):
        await normal(hands)
        await hands.recorded(hands.calls[-1])


async def recorder_clock_slow(hands):
    """часы записывающего устройства отстают на полторы минуты"""
    async with hands.habit("recorder", habit="clock", seconds=-90):
        await normal(hands)
        await hands.recorded(hands.calls[-1])


async def recorder_bare(hands):
    """запись без всякого описания: её откладывают с причиной"""
    async with hands.habit("recorder", habit="bare"):
        await normal(hands)
        await hands.recorded(hands.calls[-1])


async def recorder_named(hands):
    """запись без описания: о разговоре говорит только имя файла"""
    async with hands.habit("recorder", habit="named"):
        await hold(hands)
        await hands.recorded(hands.calls[-1])


async def recorder_index(hands):
    """запись без описания рядом: устройство выгружает CSV-указатель"""
    async with hands.habit("recorder", habit="index"):
        await hold(hands)
        await hands.recorded(hands.calls[-1])


async def parallel(hands, count=30):
    """много звонков сразу; кому не хватило операторов, ждут своей очереди"""
    waiting = list(range(count))
    at_once = min(count, len(hands.agents))
    gather = asyncio.Barrier(at_once)

    async def operator(place):
        while waiting:
            waiting.pop()
            call = await hands.ring(place)
            if len(hands.calls) <= at_once:
                await gather.wait()  # the first wave rings at every telephone at once
            await hands.pause()
            await hands.act(call, "answer")
            await hands.pause(2)
            await hands.act(call, "hangup")

    await asyncio.gather(*(operator(place) for place in range(at_once)))


SCRIPTS = {
    script.__name__: script
    for script in (
        normal,
        abandon,
        no_answer,
        busy,
        hold,
        blind_transfer,
        consult_transfer,
        swapped_consult,
        conference,
        two_calls,
        late_data,
        late_data_talk,
        duplicates,
        disorder,
        silence,
        lost_link,
        failover,
        journal_half,
        journal_repeat,
        journal_late,
        journal_clock,
        recorder_late,
        recorder_clock,
        recorder_clock_slow,
        recorder_bare,
        recorder_named,
        recorder_index,
        parallel,
    )
}
