// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";

/** One node of the tree: its name, what it is, how much it is used. */
export class TreeRow extends Component {
    static template = "gorod24_classifier.TreeRow";
    static components = {Dropdown, DropdownItem};
    static props = {
        row: Object,
        isCurrent: Boolean,
        isHit: Boolean,
        canEdit: Boolean,
        drop: String,
        onToggle: Function,
        onOpen: Function,
        onPick: Function,
        onCommand: Function,
    };

    get node() {
        return this.props.row.node;
    }

    get toggleLabel() {
        return this.props.row.isOpen ? _t("Collapse") : _t("Expand");
    }

    get uses() {
        return this.node.children ? this.node.uses_below : this.node.uses;
    }

    get usesTitle() {
        const {uses, uses_below, children} = this.node;
        return children && uses
            ? _t("%(own)s of its own, %(all)s with all below", {
                  own: uses,
                  all: uses_below,
              })
            : "";
    }

    get canMove() {
        return this.props.canEdit && this.node.movable;
    }

    get classes() {
        const {row, isCurrent, isHit, drop} = this.props;
        return {
            o_g24_current: isCurrent,
            o_g24_hit: isHit,
            o_g24_group: !this.node.is_topic,
            o_g24_archived: !this.node.active || !this.node.valid,
            o_g24_movable: this.canMove,
            o_g24_open: row.isOpen,
            [`o_g24_drop_${drop}`]: Boolean(drop),
        };
    }
}
