# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An operator without a mouse: every key but letters is counted."""

COUNT_MOUSE = """() => {
    window.g24Pointers = 0;
    addEventListener("pointerdown", () => window.g24Pointers++, true);
}"""


class Keyboard:
    """Types and presses keys in a page as fingers do, wherever the cursor stands.

    :param pressed: the keys that were pressed besides typing.
    """

    def __init__(self, page):
        self.page = page
        self.pressed = []
        page.evaluate(COUNT_MOUSE)

    def type(self, text):
        """Type letters into the focused field: no key action."""
        self.page.keyboard.type(text)

    def press(self, *keys):
        """Press keys one after another; each is a key action."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed.append(key)

    @property
    def pointers(self):
        """How many times a mouse button or a finger went down since the beginning."""
        return self.page.evaluate("window.g24Pointers")

    def focus(self):
        """Return the id of the element that has the cursor, or its data-focus."""
        return self.page.evaluate(
            "() => document.activeElement.id || document.activeElement.dataset.focus"
        )

    def wait_focus(self, name, timeout):
        """Wait until the card has put the cursor on an element."""
        self.page.wait_for_function(
            """(name) => {
                const {id, dataset} = document.activeElement;
                return id === name || dataset.focus === name;
            }""",
            arg=name,
            timeout=timeout,
        )
