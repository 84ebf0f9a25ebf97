// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

/** The choice of this host alone, where there are several. */
export function HereOnly({ chosen, choose }: { chosen: boolean; choose: (alone: boolean) => void }) {
    return (
        <label className="here-only">
            <input type="checkbox" checked={chosen} onChange={(event) => choose(event.target.checked)} data-testid="here-only" />
            This host only
        </label>
    );
}
