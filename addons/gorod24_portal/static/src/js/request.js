import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {lighten} from "./picture";

const MAX_BYTES = 10 * 1024 * 1024;
const MAX_FILES = 10;
/** What the server takes; a phone's other photos are made JPEG before. */
const KINDS = ["image/jpeg", "image/png", "image/webp", "image/gif", "application/pdf"];

/** Every work form: one tap sends once, an error keeps all that was typed. */
export class WorkForm extends Interaction {
    static selector = ".g24-form:not(.g24-report)";
    dynamicContent = {
        _root: {
            "t-on-submit.prevent": this.locked(this.onSubmit, true),
            "t-on-shown.bs.collapse": this.onShown,
        },
    };

    onShown() {
        this.el.scrollIntoView({behavior: "smooth", block: "start"});
        const field = this.el.querySelector("textarea, input.form-control");
        field?.focus({preventScroll: true});
    }

    /** Return the data to send. Extended by the report. */
    prepareData() {
        return new FormData(this.el);
    }

    async onSubmit() {
        const answer = await this.waitFor(this.send());
        if (answer.url) {
            window.location.assign(answer.url);
            // The button stays locked until the next page is there.
            await new Promise(() => {});
        }
        this.showError(answer.error);
    }

    async send() {
        try {
            const response = await fetch(this.el.action, {
                method: "POST",
                body: this.prepareData(),
                headers: {"X-Requested-With": "fetch"},
            });
            if ((response.headers.get("Content-Type") || "").includes("json")) {
                return await response.json();
            }
            return {error: this.explain(response.status)};
        } catch {
            return {
                error: _t(
                    "No connection. Everything you typed is still here: try again."
                ),
            };
        }
    }

    explain(status) {
        if (status === 413) {
            return _t("The files are too large together. Remove some of them.");
        }
        if (status === 404) {
            return _t("This request is not in your journal any more.");
        }
        return _t(
            "The server did not take the answer. Copy your text and refresh the page."
        );
    }

    showError(text) {
        // "The visit is planned" above a new error would be yesterday's news.
        document.querySelector(".g24-flash.alert-success")?.remove();
        const bar = this.el.closest(".g24-bar");
        let box = (bar || this.el).querySelector(".g24-error");
        if (!box) {
            box = document.createElement("div");
            box.className = "alert alert-danger g24-error mt-2";
            box.setAttribute("role", "alert");
            this.insert(box, bar || this.el, bar ? "afterbegin" : "beforeend");
        }
        box.textContent = text;
        box.classList.remove("d-none");
        box.scrollIntoView({behavior: "smooth", block: "center"});
    }
}

/** The report: photos are gathered one by one, shown, made lighter before sending. */
export class ReportForm extends WorkForm {
    static selector = ".g24-report";
    dynamicContent = {
        ...this.dynamicContent,
        "input[type=file]": {"t-on-change": this.onFiles},
        ".g24-chosen": {"t-on-click": this.onChosenClick},
    };

    setup() {
        this.files = [];
    }

    prepareData() {
        const data = super.prepareData();
        data.delete("files");
        for (const {file} of this.files) {
            data.append("files", file, file.name);
        }
        return data;
    }

    async onFiles(ev) {
        const input = ev.currentTarget;
        const chosen = [...input.files];
        input.value = "";
        for (const original of chosen) {
            const file = await this.waitFor(lighten(original));
            if (!KINDS.includes(file.type)) {
                this.showError(
                    _t(
                        "File “%s” is neither a photo nor a PDF: it is left out.",
                        original.name
                    )
                );
            } else if (file.size > MAX_BYTES) {
                this.showError(_t("File “%s” is larger than 10 MB.", original.name));
            } else if (this.files.length >= MAX_FILES) {
                this.showError(_t("No more than %s files in one report.", MAX_FILES));
            } else {
                this.files.push({file, url: URL.createObjectURL(file)});
            }
        }
        this.renderFiles();
    }

    onChosenClick(ev) {
        const button = ev.target.closest("button");
        if (button) {
            const [removed] = this.files.splice(Number(button.dataset.index), 1);
            URL.revokeObjectURL(removed.url);
            this.renderFiles();
        }
    }

    renderFiles() {
        const items = this.files.map(({file, url}, index) => {
            const item = document.createElement("li");
            if (file.type.startsWith("image/")) {
                const image = document.createElement("img");
                image.src = url;
                image.alt = file.name;
                item.append(image);
            } else {
                const name = document.createElement("span");
                name.className = "g24-chosen-name";
                name.textContent = file.name;
                item.append(name);
            }
            const button = document.createElement("button");
            button.type = "button";
            button.dataset.index = index;
            button.textContent = "×";
            button.setAttribute("aria-label", _t("Remove %s", file.name));
            item.append(button);
            return item;
        });
        this.el.querySelector(".g24-chosen").replaceChildren(...items);
    }
}

registry.category("public.interactions").add("gorod24_portal.work_form", WorkForm);
registry.category("public.interactions").add("gorod24_portal.report_form", ReportForm);
