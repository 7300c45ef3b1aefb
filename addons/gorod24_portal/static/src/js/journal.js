import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

const PULSE_MS = 60000;

/** The open journal: chooses the section at once and notices new requests. */
export class Journal extends Interaction {
    static selector = ".g24-journal";
    dynamicContent = {
        ".g24-sections": {"t-on-change": this.onSectionChange},
    };

    start() {
        this.known = Number(this.el.dataset.newCount);
        const tab = this.el.querySelector(".g24-tab.active");
        tab?.scrollIntoView({inline: "center", block: "nearest"});
        this.timer = setInterval(() => this.pulse(), PULSE_MS);
        this.registerCleanup(() => clearInterval(this.timer));
    }

    onSectionChange(ev) {
        ev.currentTarget.form.submit();
    }

    async pulse() {
        if (document.hidden) {
            return;
        }
        const sectionId = Number(this.el.dataset.sectionId) || false;
        try {
            const counts = await this.waitFor(
                rpc("/my/requests/pulse", {section_id: sectionId}, {silent: true})
            );
            this.show(counts);
        } catch {
            // No network for a minute: the next pulse will tell.
        }
    }

    show(counts) {
        for (const badge of this.el.querySelectorAll(".g24-count")) {
            const count = counts[badge.dataset.tab];
            badge.textContent = count;
            badge.classList.toggle("d-none", !count);
        }
        if (counts.new > this.known) {
            this.el.querySelector(".g24-news").classList.remove("d-none");
        }
        this.known = counts.new;
    }
}

registry.category("public.interactions").add("gorod24_portal.journal", Journal);
