// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {toRaw} from "@odoo/owl";
import {
    hasWords,
    newDraft,
    newUid,
    problemsOf,
    restoreDraft,
    titleOf,
} from "./card_draft";
import {errorText} from "./card_format";
import {DraftSync} from "./draft_sync";

/**
 * The innermost part of the open card: the draft, its copies in the tab and on the
 * server, and the list of what else is not finished.
 */
export class DraftStore {
    constructor({orm, storage, shared}) {
        this.orm = orm;
        this.storage = storage;
        this.shared = shared;
        this.draft = newDraft();
        this.sync = new DraftSync({orm, storage});
        this.otherDrafts = [];
        this.restored = false;
        this.problems = [];
        this.error = "";
        this.errorPlace = null;
        this.saved = null;
        this.saving = false;
        this.isLeft = false;
    }

    /**
     * The card is not on the screen any more: what it owes is sent, what comes late is
     * put in order in the stores, and nothing of it is told about the card shown next.
     */
    leave() {
        this.isLeft = true;
        this.shared = {};
        return this.sync.leave();
    }

    /** Changes the draft on behalf of the operator, and keeps it. */
    edit(change) {
        if (this.saving) {
            return; // What is registered now is what was on the card.
        }
        change(this.draft);
        this.draft.touched = true;
        this.shared.dirty = true;
        this.errorPlace = null;
        this.problems = this.problems.length ? problemsOf(this.draft) : [];
        this.storage.put(toRaw(this.draft));
        // Once kept, a draft whose words were taken back is kept as well.
        if (this.draft.version || hasWords(this.draft)) {
            this.sync.schedule();
        }
    }

    setField(name, value) {
        this.edit((draft) => (draft[name] = value));
    }

    setQuestionField(question, name, value) {
        this.edit(() => (question[name] = value));
    }

    /** Hook of the stores above: what belonged to the former draft is forgotten. */
    _start(draft, restored = false) {
        this.draft = draft;
        this.sync.follow(this.draft);
        this.saved = null;
        this.error = "";
        this.errorPlace = null;
        this.problems = [];
        this.restored = restored;
        this.shared.dirty = draft.touched;
        this.shared.callId = draft.params.call_id || false;
        this._listOthers();
    }

    /** The draft this tab or a dead browser has of a call, number or person. */
    _kept(key) {
        const kept =
            this.storage.get(key) ||
            this.storage.unsent().find((draft) => draft.key === key);
        return kept ? restoreDraft(kept) : null;
    }

    // --------------------------------------------------------- unfinished cards

    _listOthers(fromServer = this.serverDrafts || []) {
        this.serverDrafts = fromServer;
        const found = new Map();
        const inTab = this.storage.others(this.draft.uid).filter(hasWords);
        for (const draft of inTab) {
            found.set(draft.uid, {uid: draft.uid, title: titleOf(draft)});
        }
        for (const draft of fromServer) {
            if (draft.uid !== this.draft.uid) {
                found.set(draft.uid, {...draft});
            }
        }
        this.otherDrafts = [...found.values()];
    }

    /** Reads what is unfinished on the server; a draft of this very call goes on. */
    async loadDrafts() {
        try {
            await this.sync.sendLeft();
            const drafts = await this.sync.list();
            if (this.isLeft) {
                return;
            }
            this._listOthers(drafts);
            const {key, touched} = this.draft;
            const same = drafts.find((draft) => draft.key === key);
            if (same && key !== "manual" && !touched && !this.draft.params.fresh) {
                await this.openDraft(same.uid);
            }
        } catch {
            // The card works without the list; the tab's own drafts are shown.
        }
    }

    async openDraft(uid) {
        if (this.saving) {
            return;
        }
        const open = this.draft.uid;
        const local = this.storage
            .others(this.draft.uid)
            .find((one) => one.uid === uid);
        let draft = local;
        if (!local) {
            try {
                const {payload, version} = await this.sync.take(uid);
                draft = {...payload, version};
            } catch (error) {
                this.error = errorText(error);
                return;
            }
            if (this.draft.uid !== open || this.isLeft) {
                return; // Another card was begun meanwhile.
            }
        }
        this._start(restoreDraft(draft), true);
        this.storage.put(toRaw(this.draft));
        await this.load();
    }

    async discardDraft(uid) {
        this.serverDrafts = (this.serverDrafts || []).filter((one) => one.uid !== uid);
        try {
            await this.sync.discard(uid);
        } catch (error) {
            this.error = errorText(error);
        }
        this._listOthers();
    }

    /**
     * The card of this name is finished: its words go on under another name, to be
     * registered as a further appeal.
     * @param {{appeal_id: number, number: string}|null} former what it has made
     */
    moveOn(former = this.sync.made) {
        const {uid} = this.draft;
        this.sync.forget();
        this.draft = restoreDraft({
            ...toRaw(this.draft),
            uid: newUid(),
            version: 0,
            former: former || this.draft.former,
        });
        this.storage.drop(uid);
        this.storage.put(toRaw(this.draft));
        this.sync.follow(this.draft);
        this.sync.schedule();
        this.sync.flush();
    }

    /** Another window has changed this card: go on with its copy. */
    useTheirs() {
        if (this.saving) {
            return;
        }
        const {theirs} = this.sync;
        this.storage.drop(this.draft.uid);
        this.sync.owes = false;
        this._start(restoreDraft(theirs), true);
        return this.load();
    }
}
