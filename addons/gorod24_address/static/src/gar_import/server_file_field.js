import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** A file of the server's folder, chosen from the list the record brings along. */
export class ServerFileField extends Component {
    static template = "gorod24_address.ServerFileField";
    static props = {...standardFieldProps};

    get value() {
        return this.props.record.data[this.props.name] || "";
    }

    get files() {
        return this.props.record.data.server_files || [];
    }

    label(file) {
        const size =
            file.size >= 1024
                ? _t("%s GB", (file.size / 1024).toFixed(1))
                : _t("%s MB", file.size);
        return `${file.name} (${size}, ${file.date.split("-").reverse().join(".")})`;
    }

    choose(ev) {
        this.props.record.update({[this.props.name]: ev.target.value || false});
    }
}

registry.category("fields").add("gorod24_server_file", {
    component: ServerFileField,
    displayName: _t("File of the server's folder"),
    supportedTypes: ["char"],
    fieldDependencies: [{name: "server_files", type: "json"}],
});
