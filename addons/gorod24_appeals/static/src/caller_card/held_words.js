// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {useEffect} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

/**
 * While the component has words that nothing keeps, an incoming call does not push
 * its page away: the operator is asked.
 *
 * @param {() => string} words typed and not recorded yet
 */
export function useHeldWords(words) {
    const {holds} = useService("gorod24_appeals.card_state");
    const place = Symbol("held words");
    useEffect(
        (isHeld) => {
            if (isHeld) {
                holds.add(place);
                return () => holds.delete(place);
            }
        },
        () => [Boolean(words().trim())]
    );
}
