# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Open the screens of a post as a browser would, without a browser."""

import http.cookiejar
import json
import re
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
LINK = re.compile(r'href="(/my[^"#]*)"')
LISTS = ("list", "kanban", "pivot", "graph")
PAGES = 60


class Refused(Exception):
    """The server answered with an error; the text says which."""


class Visitor:
    """One signed-in person."""

    def __init__(self, url, login, password):
        self.url = url
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(jar)
        )
        token = TOKEN.search(self.page("/web/login"))[1]
        form = {"csrf_token": token, "login": login, "password": password}
        answer = self.page("/web/login", urllib.parse.urlencode(form).encode())
        if 'name="password"' in answer:
            raise Refused(f"вход {login}: не принят")

    def page(self, path, data=None):
        try:
            with self.opener.open(self.url + path, data, timeout=120) as answer:
                return answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            raise Refused(f"{path}: {error.code}") from error

    def call(self, path, **params):
        request = urllib.request.Request(
            self.url + path,
            json.dumps({"jsonrpc": "2.0", "params": params}).encode(),
            {"Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=120) as answer:
            result = json.load(answer)
        if "error" in result:
            data = result["error"].get("data", {})
            raise Refused(f"{path}: {data.get('name')}: {data.get('message')}")
        return result.get("result")

    def model(self, model, method, *args, **kwargs):
        return self.call(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=args,
            kwargs=kwargs,
        )


def open_backend(visitor):
    """Open every screen the menu offers; return (number of screens, troubles)."""
    menus = json.loads(visitor.page("/web/webclient/load_menus"))
    actions = sorted(
        {
            menu["actionID"]
            for menu in menus.values()
            if (menu.get("actionModel") or "").endswith("window")
        }
    )
    troubles, opened = [], 0
    for action in actions:
        try:
            name = _open_action(visitor, action)
            opened += bool(name)
        except Refused as error:
            troubles.append(f"действие {action}: {error}")
    return opened, troubles


def _open_action(visitor, action_id):
    action = visitor.call("/web/action/load", action_id=action_id)
    model = action["res_model"]
    views = visitor.model(
        model, "get_views", action["views"], options={"toolbar": True}
    )["views"]
    domain = action["domain"] if isinstance(action.get("domain"), list) else []
    rows = []
    for kind, view in views.items():
        if kind in LISTS:
            rows = _read_list(visitor, model, view["arch"], domain) or rows
    if rows and "form" in views:
        spec = _fields(views["form"]["arch"])
        visitor.model(model, "web_read", [rows[0]["id"]], specification=spec)
    return action["name"]


def _read_list(visitor, model, arch, domain):
    found = visitor.model(
        model,
        "web_search_read",
        domain=domain,
        specification=_fields(arch),
        limit=40,
    )
    return found["records"]


def _fields(arch):
    """Specification of the fields of a view, without those of views inside it."""

    def walk(node):
        for child in node:
            if child.tag == "field":
                yield child.get("name")
            elif child.tag != "groupby":
                yield from walk(child)

    return {name: {} for name in walk(ElementTree.fromstring(arch))}


def open_portal(visitor):
    """Follow the links of the portal from its first page."""
    waiting, seen, troubles = ["/my"], {"/my"}, []
    while waiting and len(seen) <= PAGES:
        path = waiting.pop(0)
        try:
            text = visitor.page(path)
        except Refused as error:
            troubles.append(str(error))
            continue
        for link in LINK.findall(text):
            link = link.replace("&amp;", "&")
            if link not in seen and len(seen) < PAGES:
                seen.add(link)
                waiting.append(link)
    return len(seen), troubles
