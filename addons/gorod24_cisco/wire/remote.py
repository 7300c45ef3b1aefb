# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who is at the other end of a dialog: the citizen, not a colleague."""

import re

_NUMBER = re.compile(r"\+?[0-9][0-9 ()-]{4,19}", re.ASCII)


def sure_number(dialog, extension, variable):
    """The number as the script of UCCX found it out; "" when it did not say.

    :param extension: the agent's own.
    :param variable: name of the call variable into which the script puts the number
        (§1), if it does.
    """
    said = dialog.variables.get(variable, "").strip()
    is_his = dialog.from_address != extension and _NUMBER.fullmatch(said)
    return said if is_his else ""


def remote_number(dialog, extension):
    """Number of the citizen: not ours, nor a colleague's if others are there.

    :param extension: the agent's own.
    """
    agents = {p.address for p in dialog.participants if p.kind == "AGENT_DEVICE"}
    agents.add(extension)
    outside = [
        p.address
        for p in dialog.participants
        if p.address and p.address not in agents and p.kind != "AGENT_DEVICE"
    ]
    if dialog.from_address == extension:
        return dialog.to_address or (outside[0] if outside else "")
    # After a transfer with swapped holds the caller is the colleague who is gone.
    is_here = not outside or dialog.party(dialog.from_address) is not None
    if dialog.from_address and dialog.from_address not in agents and is_here:
        return dialog.from_address
    return outside[0] if outside else dialog.from_address
