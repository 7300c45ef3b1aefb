// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";

/** «Move to…»: the new place is found by words and chosen with the keyboard. */
export class MoveDialog extends Component {
    static template = "gorod24_classifier.MoveDialog";
    static components = {Dialog};
    static props = {close: Function, node: Object, onChoose: Function};

    setup() {
        this.orm = useService("orm");
        this.list = useRef("list");
        this.state = useState({places: [], active: 0});
        this.asked = 0;
        this.search = useDebounced(this.load, 200);
        useAutofocus({refName: "filter"});
        onWillStart(() => this.load(""));
    }

    async load(text) {
        const asked = ++this.asked;
        const places = await this.orm.call(
            "helpdesk.ticket.category",
            "get_move_targets",
            [[this.props.node.id], text]
        );
        if (asked === this.asked) {
            const top = text.trim() ? [] : [{id: 0, name: "", code: "", path: ""}];
            Object.assign(this.state, {places: [...top, ...places], active: 0});
        }
    }

    onKeydown(ev) {
        const {places, active} = this.state;
        if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            const step = ev.key === "ArrowDown" ? 1 : -1;
            const last = places.length - 1;
            this.state.active = Math.max(0, Math.min(last, active + step));
            const item = this.list.el?.children[this.state.active];
            item?.scrollIntoView({block: "nearest"});
        } else if (ev.key === "Enter" && places[active]) {
            this.choose(places[active]);
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    choose(place) {
        this.props.close();
        this.props.onChoose({parentId: place.id || false, beforeId: false});
    }
}
