// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {onMounted, onWillUnmount} from "@odoo/owl";

/**
 * The cursor never falls out of the card: when the element that had it disappears
 * (a button that was pressed, a removed question), it goes where work goes on.
 *
 * @param {{el: HTMLElement}} root
 * @param {() => void} goOn puts the cursor somewhere sensible
 */
export function useFocusKeeper(root, goOn) {
    let last = null;
    const remember = (ev) => (last = ev.target);
    const look = () => {
        const isLost = document.activeElement === document.body;
        if (last && isLost && !last.isConnected) {
            last = null;
            goOn();
        }
    };
    const observer = new MutationObserver(look);
    onMounted(() => {
        root.el.addEventListener("focusin", remember);
        observer.observe(root.el, {childList: true, subtree: true});
    });
    onWillUnmount(() => observer.disconnect());
}
