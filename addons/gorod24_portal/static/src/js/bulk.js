import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

const PULSE_MS = 2000;

/** The journal's boxes: the bar with the button is there while something is chosen. */
export class Choice extends Interaction {
    static selector = ".g24-journal";
    dynamicContent = {
        "input[name=ids]": {"t-on-change": this.show},
        ".g24-choose-all": {"t-on-click": () => this.chooseAll(true)},
        ".g24-choose-none": {"t-on-click": () => this.chooseAll(false)},
    };

    start() {
        // A page of the browser's history keeps its boxes.
        this.show();
    }

    get boxes() {
        return [...this.el.querySelectorAll("input[name=ids]")];
    }

    chooseAll(checked) {
        for (const box of this.boxes) {
            box.checked = checked;
        }
        this.show();
    }

    show() {
        const bar = this.el.querySelector(".g24-chosen-bar");
        if (!bar) {
            return;
        }
        const count = this.boxes.filter((box) => box.checked).length;
        bar.querySelector(".g24-chosen-count").textContent = count;
        bar.classList.toggle("d-none", !count);
    }
}

/** The page of a work on many: the bar moves, the end shows the page anew. */
export class BulkJob extends Interaction {
    static selector = ".g24-bulk-job";

    start() {
        if (!this.el.dataset.running) {
            return;
        }
        this.timer = setInterval(() => this.pulse(), PULSE_MS);
        this.registerCleanup(() => clearInterval(this.timer));
    }

    async pulse() {
        const params = {job_id: Number(this.el.dataset.jobId)};
        let job = null;
        try {
            job = await this.waitFor(
                rpc("/my/requests/bulk/pulse", params, {silent: true})
            );
        } catch {
            // No network for a moment: the next pulse will tell.
            return;
        }
        if (!job.is_running) {
            window.location.reload();
            return;
        }
        this.el.querySelector(".g24-progress").style.width = `${job.progress}%`;
        this.el.querySelector(".g24-done-count").textContent = job.done;
    }
}

registry.category("public.interactions").add("gorod24_portal.choice", Choice);
registry.category("public.interactions").add("gorod24_portal.bulk_job", BulkJob);
