# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Notifications for the tests, in the spellings seen in the wild."""

from xml.sax.saxutils import escape

USER_READY = """<message from="pubsub.fin.example" to="6021@fin.example" id="r5B2BdUA">
<event xmlns="http://jabber.org/protocol/pubsub#event">
<items node="/finesse/api/User/6021"><item id="a6ca891f">
<notification xmlns="urn:xmpp:push:0">
&lt;Update&gt; &lt;data&gt; &lt;user&gt;
 &lt;dialogs&gt;/finesse/api/User/6021/Dialogs&lt;/dialogs&gt;
 &lt;extension&gt;2830&lt;/extension&gt;
 &lt;firstName&gt;A &amp;amp; B&lt;/firstName&gt;
 &lt;loginId&gt;6021&lt;/loginId&gt; &lt;loginName&gt;lpu_test_21&lt;/loginName&gt;
 &lt;pendingState&gt;&lt;/pendingState&gt; &lt;state&gt;READY&lt;/state&gt;
 &lt;stateChangeTime&gt;2023-01-13T11:14:47.981Z&lt;/stateChangeTime&gt;
&lt;/user&gt; &lt;/data&gt; &lt;event&gt;PUT&lt;/event&gt;
 &lt;requestId&gt;&lt;/requestId&gt;
 &lt;source&gt;/finesse/api/User/6021&lt;/source&gt; &lt;/Update&gt;
</notification></item></items></event></message>"""

ERROR = """<message xmlns="jabber:client" id="YOCGofpo">
<event xmlns="http://jabber.org/protocol/pubsub#event">
<items node="/finesse/api/User/6021"><item id="x"><notification type="html"
 xmlns="http://jabber.org/protocol/pubsub">
&lt;Update&gt;&lt;data&gt;&lt;apiErrors&gt;&lt;apiError&gt;
&lt;errorType&gt;Invalid State&lt;/errorType&gt;
&lt;errorMessage&gt;CF_INVALID_OBJECT_STATE&lt;/errorMessage&gt;
&lt;errorData&gt;22&lt;/errorData&gt;&lt;/apiError&gt;&lt;/apiErrors&gt;&lt;/data&gt;
&lt;requestId&gt;q1&lt;/requestId&gt;&lt;source&gt;/finesse/api/User/6021&lt;/source&gt;
&lt;event&gt;put&lt;/event&gt;&lt;/Update&gt;</notification></item></items></event></message>"""


def time_at(second):
    return f"2026-01-15T03:20:{second:02d}.500Z"


def party(address, state, second=0, kind="", cause="", started=0):
    return (
        f"<Participant><mediaAddress>{escape(address)}</mediaAddress>"
        f"<mediaAddressType>{kind}</mediaAddressType><state>{state}</state>"
        f"<stateCause>{cause}</stateCause><startTime>{time_at(started)}</startTime>"
        f"<stateChangeTime>{time_at(second)}</stateChangeTime></Participant>"
    )


def dialog(
    state,
    parties,
    tag="Dialog",
    kind="ACD_IN",
    caller="83852123456",
    number="16804377",
    secondary="",
    to="6024",
):
    return (
        f"<{tag}><fromAddress>{escape(caller)}</fromAddress><id>{number}</id>"
        f"<secondaryId>{secondary}</secondaryId><mediaProperties>"
        f"<dialedNumber>{to}</dialedNumber><callType>{kind}</callType>"
        "<queueName>Горячая линия</queueName></mediaProperties>"
        f"<mediaType>Voice</mediaType><participants>{''.join(parties)}</participants>"
        f"<state>{state}</state><toAddress>{to}</toAddress></{tag}>"
    )


def update(event, inner):
    return (
        f"<Update><event>{event}</event><data>{inner}</data>"
        "<requestId/><source>/finesse/api/User/6021/Dialogs</source></Update>"
    )


def post(inner):
    return update("POST", f"<dialogs>{inner}</dialogs>")


def delete(inner):
    return update("DELETE", f"<dialogs>{inner}</dialogs>")


def put(inner):
    return update("PUT", inner)


def inbound(me, far, second=0, state=None, **values):
    """Dialog of an incoming call with the agent's state ``me`` since ``second``."""
    parties = [
        party("2830", me, second, "AGENT_DEVICE"),
        party(values.get("caller", "83852123456"), far, second),
    ]
    return dialog(state or me, parties, **values)
