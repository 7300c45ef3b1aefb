// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillStart, useState} from "@odoo/owl";
import {DefaultCommandItem} from "@web/core/commands/command_palette";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

/** What is typed after this sign in Ctrl+K is searched everywhere. */
const NAMESPACE = "=";
const MIN_LENGTH = 2;
const HOTKEY = "control+shift+f";

/** One line of the answer: icon, what was found, and what it is about. */
class FoundItem extends Component {
    static template = "gorod24_appeals.FoundItem";
    static props = {
        ...DefaultCommandItem.props,
        icon: String,
        hint: String,
    };
}

const commandSetup = registry.category("command_setup");
const commandCategories = registry.category("command_categories");

commandSetup.add(NAMESPACE, {
    debounceDelay: 150,
    emptyMessage: _t(
        "Nothing yet. Type a number, a phone, a name, a street and house, or words of the citizen."
    ),
    name: _t("everything about appeals"),
    placeholder: _t("Number, phone, name, street and house, words"),
});
for (const [key, name] of [
    ["number", _t("Appeals by number")],
    ["phone", _t("Phones")],
    ["person", _t("People")],
    ["address", _t("Addresses")],
    ["words", _t("Words of citizens")],
]) {
    commandCategories.add(`gorod24_${key}`, {namespace: NAMESPACE, name});
}

export async function findEverything(env, {searchValue = ""}) {
    const text = searchValue.trim();
    if (text.length < MIN_LENGTH || !(await isStaff())) {
        return [];
    }
    const groups = await env.services.orm.silent.call("gorod24.finder", "find", [text]);
    return groups.flatMap((group) =>
        group.items.map((item) => ({
            Component: FoundItem,
            // The palette compares names as Odoo shows them; they are plain texts.
            name: item.title,
            category: `gorod24_${group.key}`,
            props: {icon: item.icon, hint: item.hint},
            action: () => {
                env.services.action.doAction(item.action);
            },
        }))
    );
}

registry.category("command_provider").add("gorod24_appeals.finder", {
    namespace: NAMESPACE,
    provide: findEverything,
});

async function isStaff() {
    return (
        (await user.hasGroup("gorod24_appeals.group_operator")) ||
        (await user.hasGroup("gorod24_appeals.group_manager"))
    );
}

/** «Find everything» in the top bar; Ctrl+Shift+F from anywhere. */
export class FinderButton extends Component {
    static template = "gorod24_appeals.FinderButton";
    static props = {};

    setup() {
        this.command = useService("command");
        this.state = useState({shown: false});
        useHotkey(HOTKEY, () => this.open(), {
            bypassEditableProtection: true,
            global: true,
            isAvailable: () => this.state.shown,
        });
        onWillStart(async () => {
            this.state.shown = await isStaff();
        });
    }

    open() {
        this.command.openMainPalette({searchValue: NAMESPACE});
    }
}

registry
    .category("systray")
    .add("gorod24_appeals.finder", {Component: FinderButton}, {sequence: 120});
