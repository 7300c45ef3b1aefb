// Copyright 2026 Gorod 24
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

/** Answer of {@link Latest.run} when a newer request has started meanwhile. */
export const STALE = Symbol("stale");

/**
 * Lets only the newest of overlapping requests speak: the operator types
 * faster than the server answers, and an answer to an old text must not
 * replace the answer to the new one. Late errors are swallowed likewise.
 */
export class Latest {
    turn = 0;

    /**
     * @template T
     * @param {() => Promise<T>} work
     * @returns {Promise<T | typeof STALE>}
     */
    async run(work) {
        const turn = ++this.turn;
        let answer = STALE;
        try {
            answer = await work();
        } catch (error) {
            if (turn === this.turn) {
                throw error;
            }
        }
        return turn === this.turn ? answer : STALE;
    }

    /** Forgets whatever is under way. */
    cancel() {
        this.turn++;
    }
}
