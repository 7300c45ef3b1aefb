import {Component, onMounted, onWillUnmount} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const PERIOD = 2000;

/**
 * Bar of a running import of the register. While the import runs the form is read
 * anew every two seconds, unless the page is in the background or being edited.
 */
export class GarProgress extends Component {
    static template = "gorod24_address.GarProgress";
    static props = {...standardWidgetProps};

    setup() {
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), PERIOD);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    get data() {
        return this.props.record.data;
    }

    get isRunning() {
        return ["queued", "running"].includes(this.data.state);
    }

    get percent() {
        return Math.floor(this.data.progress || 0);
    }

    async refresh() {
        const record = this.props.record;
        if (!this.isRunning || document.hidden || record.dirty || this.loading) {
            return;
        }
        this.loading = true;
        try {
            await record.load();
        } finally {
            this.loading = false;
        }
    }
}

registry.category("view_widgets").add("gorod24_gar_progress", {
    component: GarProgress,
});
