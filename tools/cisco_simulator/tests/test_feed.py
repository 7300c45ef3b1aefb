# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The notification feed at the moment its server falls."""

from types import SimpleNamespace

from slixmpp.xmlstream.xmlstream import NotConnectedError

from tools.cisco_simulator.feed import Feed


def test_a_server_that_falls_right_now_breaks_no_script():
    """The notification is lost, as at a real exchange; the call goes on to its end."""

    def fall(_message):
        raise NotConnectedError

    feed = Feed(SimpleNamespace(domain="cisco.test"))
    ready = SimpleNamespace(is_set=lambda: True)
    feed.component = SimpleNamespace(ready=ready, send_raw=fall)
    feed.publish("6021", "/finesse/api/User/6021/Dialogs", "<Update/>")
    assert feed.published == 0
