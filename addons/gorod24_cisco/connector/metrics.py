# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The health of the connector as Prometheus text and as a page for people."""

import asyncio
import gc
import html
import resource
import sys

PREFIX = "gorod24_connector_"
PAGE = """<!DOCTYPE html><html lang="ru"><meta charset="utf-8">
<meta http-equiv="refresh" content="10"><title>Связь с Cisco</title>
<style>body{font:16px/1.5 sans-serif;margin:2em;max-width:60em}
td,th{padding:.2em 1em .2em 0;text-align:left}.bad{color:#b00020}</style>
<h1>Связь с Cisco</h1>"""
WORDS = {
    "events_waiting": "События ждут отправки",
    "events_posted": "Событий отправлено",
    "event_door": "Приём событий в Odoo",
    "recordings_uploaded": "Записей разговоров передано",
    "recordings_failed": "Записей отложено с ошибкой",
    "spool_bytes": "Размер очереди на диске, байт",
    "spool_given_up": "Потеряно частей очереди (переполнение)",
    "disk": "Диск очереди",
    "events_unsaved": "Событий только в памяти (диск не принимает)",
    "nodes": "Узлы Finesse",
    "recorder_clocks": "Ошибка часов записывающих устройств, с",
    "cdr": "Журналы станции",
    "mediasense": "Записи MediaSense",
}


REFUSED = (
    " – станция не принимает пароль оператора; чтобы не закрыть его учётную запись,"
    " следующая попытка будет через 10–30 минут"
)


def memory_bytes():
    """Memory of this process now; the highest so far where the system tells no more."""
    try:
        with open("/proc/self/statm", encoding="ascii") as stream:
            return int(stream.read().split()[1]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024


def _tasks():
    """Tasks of the running loop; 0 outside one."""
    try:
        return len(asyncio.all_tasks())
    except RuntimeError:
        return 0


def prometheus(health):
    """Text exposition of the dict of :meth:`Connector.health`."""
    out = []

    def one(name, value, kind="gauge", text="", **labels):
        if text:
            out.append(f"# HELP {PREFIX}{name} {text}")
            out.append(f"# TYPE {PREFIX}{name} {kind}")
        marks = ",".join(f'{key}="{_label(item)}"' for key, item in labels.items())
        marks = f"{{{marks}}}" if marks else ""
        out.append(f"{PREFIX}{name}{marks} {value}")

    one("up", int(health["ok"]), text="1 when every part works")
    one("memory_bytes", memory_bytes(), text="Resident memory")
    one("tasks", _tasks(), text="Running tasks")
    one("objects", len(gc.get_objects()), text="Objects the collector follows")
    _lines(one, health["lines"])
    for host, status in health.get("nodes", {}).items():
        one("node_in_service", int(status == "IN_SERVICE"), node=host)
    one("event_door_up", int(health["event_door"] == "ok"), text="Odoo takes events")
    one("events_posted_total", health["events_posted"], "counter", "Events sent")
    one("spool_bytes", health["spool_bytes"], text="Events on disk")
    one("events_unsaved", health["events_unsaved"], text="Events the disk refused")
    one("spool_given_up_total", health["spool_given_up"], "counter", "Segments lost")
    for name in ("recordings_uploaded", "recordings_failed"):
        one(f"{name}_total", health[name], "counter", name.replace("_", " "))
    for recorder, seconds in health.get("recorder_clocks", {}).items():
        one("recorder_clock_seconds", seconds, recorder=recorder)
    for part in ("cdr", "mediasense"):
        for name, value in health.get(part, {}).items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                one(f"{part}_{name}", value)
    return "\n".join(out) + "\n"


def _lines(one, lines):
    texts = {
        "connected": ("gauge", "1 while the line has its feed"),
        "compared": ("gauge", "1 once what the present link missed has been asked"),
        "open_dialogs": ("gauge", "Calls at the telephone now"),
        "reconnects": ("counter", "Links lost and opened again"),
        "rejected_notifications": ("counter", "Notifications that could not be read"),
        "password_refused": ("gauge", "1 while the agent's password is refused"),
    }
    for name, (kind, text) in texts.items():
        for line in lines:
            value = line.get(name, 0)
            if name == "connected":
                value = int(line["link"] == "connected")
            one(f"line_{name}", int(value), kind, text, agent=line["agent"])
            text = ""


def _label(value):
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("\n", "\\n")


def page(health):
    """The same for a person, in Russian; it renews itself every ten seconds."""
    good = "всё работает" if health["ok"] else "есть неполадки"
    parts = [PAGE, f'<p class="{"" if health["ok"] else "bad"}">Сейчас {good}.</p>']
    parts.append("<table><tr><th>Агент<th>Связь<th>Состояние<th>Звонков<th>Обрывов")
    for line in health["lines"]:
        refused = line.get("password_refused")
        good = line["link"] == "connected" and not refused
        bad = "" if good else ' class="bad"'
        cells = (line["agent_state"], line["open_dialogs"], line["reconnects"])
        parts.append(f"<tr{bad}><td>{html.escape(line['agent'])}")
        words = line["link"].partition(":")[0] if refused else line["link"]
        words = _russian(words) + (REFUSED if refused else "")
        parts.append(f"<td>{html.escape(words)}")
        parts.extend(f"<td>{html.escape(str(cell))}" for cell in cells)
    parts.append("</table><table>")
    for name, title in WORDS.items():
        if name in health:
            value = health[name]
            if isinstance(value, dict):
                value = ", ".join(f"{key}: {item}" for key, item in value.items())
            value = {True: "да", False: "нет", "ok": "в порядке"}.get(value, value)
            parts.append(f"<tr><td>{title}<td>{html.escape(str(value))}")
    return "".join([*parts, "</table></html>"])


def _russian(link):
    word, _colon, reason = link.partition(":")
    word = {
        "connected": "есть",
        "disconnected": "нет",
        "starting": "устанавливается",
        "out of service": "узел не обслуживает",
        "no feed": "узел молчит: его пользователя finesse нет в сети",
    }.get(word, word)
    return f"{word}:{reason}" if reason else word
