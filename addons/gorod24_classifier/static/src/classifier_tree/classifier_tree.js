// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {
    Component,
    onMounted,
    onWillStart,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {RPCError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {useSetupAction} from "@web/search/action_hook";
import {ControlPanel} from "@web/search/control_panel/control_panel";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {MoveDialog} from "./move_dialog";
import {useTreeDrag} from "./tree_drag";
import {treeKeys} from "./tree_keys";
import {TreeRow} from "./tree_row";
import {neighbour} from "./tree_rows";
import {TreeStore} from "./tree_store";

const MODEL = "helpdesk.ticket.category";

/** The classifiers as trees: looked through by everybody, kept by curators. */
export class ClassifierTree extends Component {
    static template = "gorod24_classifier.ClassifierTree";
    static components = {ControlPanel, TreeRow};
    static props = {...standardActionServiceProps};
    static displayName = _t("Classifier tree");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.tree = useRef("tree");
        const {context = {}, params = {}} = this.props.action;
        this.wanted = context.active_topic_id || params.topic_id || null;
        this.store = useState(new TreeStore(this.orm, this.props.state));
        this.drag = useState({id: null, zone: ""});
        this.search = useDebounced((text) => this.store.search(text), 250);
        this.onCommand = this.onCommand.bind(this);
        this.openNode = this.openNode.bind(this);
        this.pick = (node) => this.pickNode(node);
        this.toggle = (row) => this.store.toggle(row);
        useAutofocus({refName: "filter"});
        useSetupAction({getLocalState: () => this.store.export()});
        useTreeDrag({
            ref: this.tree,
            enable: () => this.store.canEdit,
            store: this.store,
            drag: this.drag,
            onMove: (node, place) => this.move(node, place),
        });
        onWillStart(() => this.start());
        onMounted(() => this.showCurrent());
        useEffect(
            () => this.showCurrent(),
            () => [this.store.current, this.store.version]
        );
    }

    async start() {
        await this.store.start();
        if (this.wanted && !this.props.state) {
            await this.store.reveal(this.wanted);
        }
    }

    get classifier() {
        const {classifiers, classifierId} = this.store;
        return classifiers.find((item) => item.id === classifierId);
    }

    get currentElementId() {
        return this.store.current ? `g24_node_${this.store.current}` : undefined;
    }

    get foundText() {
        const {total, matches} = this.store.found;
        if (!total) {
            return _t("Nothing found");
        }
        if (total > matches.length) {
            return _t("Found %(total)s, the first %(shown)s are shown", {
                total,
                shown: matches.length,
            });
        }
        return _t("Found: %s", total);
    }

    showCurrent() {
        const row = this.tree.el?.querySelector(".o_g24_current");
        row?.scrollIntoView({block: "nearest"});
    }

    pickNode(node) {
        this.store.current = node.id;
        this.tree.el.focus();
    }

    onKeydown(ev) {
        const key = (ev.altKey ? "Alt+" : "") + ev.key;
        const work = treeKeys[key];
        if (work && !ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
            ev.stopPropagation();
            work(this.store, (command, node) => this.onCommand(command, node));
        }
    }

    onFilterKeydown(ev) {
        if (ev.key === "ArrowDown" || ev.key === "Enter") {
            ev.preventDefault();
            this.tree.el.focus();
        } else if (ev.key === "Escape" && this.store.text) {
            ev.stopPropagation();
            ev.target.value = "";
            this.store.search("");
        }
    }

    onCommand(command, node) {
        const levels = this.store.shownLevels;
        switch (command) {
            case "open":
                return this.openNode(node);
            case "add":
                return this.addNode(node);
            case "move":
                return this.askPlace(node);
            case "up":
                return this.swap(node, neighbour(levels, node, -1));
            case "down":
                return this.swap(node, neighbour(levels, node, 2), true);
            case "archive":
            case "unarchive":
                return this.archive(node, command);
        }
    }

    /** Before the one above, or before the one after next (none: to the end). */
    swap(node, before, isDown = false) {
        const isLast = !neighbour(this.store.shownLevels, node, 1);
        if (!this.store.canEdit || !node.movable || (isDown ? isLast : !before)) {
            return;
        }
        const beforeId = before ? before.id : false;
        return this.move(node, {parentId: node.parent_id || false, beforeId});
    }

    askPlace(node) {
        if (this.store.canEdit && node.movable) {
            this.dialog.add(MoveDialog, {
                node,
                onChoose: (place) => this.move(node, place),
            });
        }
    }

    move(node, {parentId, beforeId}) {
        return this.tell(() => this.store.move(node, parentId, beforeId));
    }

    takeBack() {
        return this.tell(() => this.store.takeBack());
    }

    /** Say what has been done, or why the server refused it. */
    async tell(work) {
        try {
            this.notification.add(await work(), {type: "success"});
        } catch (error) {
            if (!(error instanceof RPCError) || !error.data?.message) {
                throw error;
            }
            this.notification.add(error.data.message, {type: "danger"});
            await this.store.refresh();
        }
        this.tree.el?.focus();
    }

    openNode(node) {
        this.store.current = node.id;
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: node.id,
            views: [[false, "form"]],
        });
    }

    /** A new node inside another one, or at the top when none is given. */
    addNode(node) {
        if (!this.store.canEdit) {
            return;
        }
        const context = {
            default_parent_id: node ? node.id : false,
            default_classifier_id: this.store.classifierId || false,
            default_is_topic: Boolean(node),
            default_company_id: false,
            default_show_in_portal: false,
            default_sequence: 10000,
        };
        const action = {
            type: "ir.actions.act_window",
            name: node ? _t("Add to “%s”", node.name) : _t("Add to the top level"),
            res_model: MODEL,
            views: [[false, "form"]],
            target: "new",
            context,
        };
        return this.action.doAction(action, {
            onClose: async () => {
                if (node) {
                    this.store.open[node.id] = true;
                }
                await this.store.refresh();
            },
        });
    }

    /** Always asks: a key pressed by mistake must not take a topic away. */
    async archive(node, command) {
        if (!this.store.canEdit) {
            return;
        }
        if (command === "archive" && node.active) {
            const method = "action_archive_with_successor";
            const action = await this.orm.call(MODEL, method, [[node.id]]);
            await this.action.doAction(action, {onClose: () => this.store.refresh()});
        } else if (command === "unarchive") {
            await this.orm.call(MODEL, "action_unarchive", [[node.id]]);
            await this.store.refresh();
        }
    }
}

registry.category("actions").add("gorod24_classifier.classifier_tree", ClassifierTree);
