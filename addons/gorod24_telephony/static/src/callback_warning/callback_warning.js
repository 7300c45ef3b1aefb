// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatMoment} from "@gorod24_appeals/caller_card/card_format";

/** Tells every operator that somebody has to be rung back before it is too late. */
export const callbackWarningService = {
    dependencies: ["bus_service", "notification", "action"],

    start(env, {bus_service: bus, notification, action}) {
        let close = null;
        bus.subscribe("gorod24_telephony.callback_warning", ({count, due}) => {
            close?.();
            close = notification.add(
                _t("To ring back: %(count)s, before %(moment)s.", {
                    count,
                    moment: formatMoment(due),
                }),
                {
                    title: _t("A call nobody answered"),
                    type: "warning",
                    sticky: true,
                    className: "o_g24_callback_warning",
                    buttons: [
                        {
                            name: _t("To ring back"),
                            primary: true,
                            onClick: () => {
                                close?.();
                                action.doAction(
                                    "gorod24_telephony.gorod24_callback_action"
                                );
                            },
                        },
                    ],
                }
            );
        });
    },
};

registry.category("services").add("gorod24_callback_warning", callbackWarningService);
