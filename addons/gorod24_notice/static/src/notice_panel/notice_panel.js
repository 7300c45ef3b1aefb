// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useEffect, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {MODEL} from "@gorod24_appeals/caller_card/caller_store";
import {placeOf} from "@gorod24_appeals/caller_card/card_draft";
import {formatMoment} from "@gorod24_appeals/caller_card/card_format";
import {Latest, STALE} from "@gorod24_appeals/caller_card/latest";

const INFORMATION = "information";

/**
 * Notices of the place the shown question is about, to be read aloud at once. One key
 * settles the question ("told"), another lets the citizen wait for the end.
 */
export class NoticePanel extends Component {
    static template = "gorod24_notice.NoticePanel";
    static props = {card: Object};

    setup() {
        this.orm = useService("orm").silent;
        this.notification = useService("notification");
        this.card = useState(this.props.card);
        this.formatMoment = formatMoment;
        this.asks = new Latest();
        /** what was found last, and for which place */
        this.found = useState({key: "", notices: []});
        /** announcements are one line each until somebody asks about them */
        this.state = useState({open: []});
        useEffect(
            (key, loading) => {
                if (!loading) {
                    this.find(key);
                }
            },
            () => [this.key, this.card.loading]
        );
    }

    get place() {
        const {draft, question} = this.card;
        return placeOf(draft, question);
    }

    get key() {
        return this.keyOf(this.card.question);
    }

    /** Names the card and the place of a question; "" when it is not in the directory. */
    keyOf(question) {
        const {draft} = this.card;
        const {building_id, address_id} = placeOf(draft, question);
        // The next caller hears what holds now, not what held for the one before.
        return building_id || address_id
            ? `${draft.uid}:${building_id}:${address_id}`
            : "";
    }

    get notices() {
        return this.found.key === this.key && !this.card.saved
            ? this.found.notices
            : [];
    }

    /** The notice the shown question is joined to. */
    get chosen() {
        return this.card.question.join?.notice || null;
    }

    async find(key) {
        const {building_id, address_id} = this.place;
        const {notices, notices_of} = this.card.info;
        // An answer about the place shown before is for nobody now.
        this.asks.cancel();
        if (!key) {
            this.take(key, []);
            return;
        }
        if (key === this.found.key) {
            return;
        }
        if (building_id && building_id === notices_of) {
            this.take(key, notices);
            return;
        }
        try {
            const found = await this.asks.run(() =>
                this.orm.call(MODEL, "notices_at", [], {
                    building_id: building_id || null,
                    address_id: address_id || null,
                })
            );
            if (found !== STALE) {
                this.take(key, found);
            }
        } catch {
            // Known later than never: the card goes on without them.
            Object.assign(this.found, {key: "", notices: []});
        }
    }

    take(key, notices) {
        Object.assign(this.found, {key, notices});
        this.release(key, notices);
    }

    /**
     * The place was changed after its notice had been read: what was joined to it is
     * another trouble now.
     */
    release(key, notices) {
        if (this.card.saving || this.card.saved) {
            return; // The server looks at it once more.
        }
        const known = new Set(notices.map(({id}) => id));
        const isLost = (question) =>
            question.join?.notice &&
            !known.has(question.join.notice.id) &&
            this.keyOf(question) === key;
        for (const question of this.card.draft.questions.filter(isLost)) {
            const {name} = question.join;
            this.card.unjoin(question);
            const words = _t(
                "Notice %s is not about this place: the question was taken off it.",
                name
            );
            this.notification.add(words, {type: "warning"});
        }
    }

    isOpen(notice) {
        return notice.type !== INFORMATION || this.state.open.includes(notice.id);
    }

    canWait(notice) {
        return notice.type !== INFORMATION;
    }

    /** The one the keys are for: the first that can be read. */
    get first() {
        return this.notices.find((notice) => this.isOpen(notice));
    }

    open(notice) {
        this.state.open.push(notice.id);
    }

    isFirst(notice) {
        return this.first?.id === notice.id;
    }

    isChosen(notice) {
        return this.chosen?.id === notice.id;
    }

    /** Where it holds, as far as that is not the very house. */
    whereLabel(notice) {
        if (!notice.exact) {
            return _t("In this street: %s", notice.where);
        }
        return notice.kind === "house" ? _t("This house") : notice.where;
    }

    settle(notice, waits) {
        const {question} = this.card;
        const topic = question.topic || {topic_id: notice.topic_id, name: notice.topic};
        this.card.join(question, {
            id: notice.id,
            name: notice.number,
            topic_id: topic.topic_id,
            topic: topic.name,
            values: {notice_id: notice.id, notice_waits: waits},
            notice: {id: notice.id, name: notice.name, waits},
        });
        document.getElementById("g24_problem")?.focus();
    }
}

registry
    .category("gorod24_appeals.card_panels")
    .add("gorod24_notice.notices", {component: NoticePanel}, {sequence: 10});
