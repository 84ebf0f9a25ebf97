// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a hand does on the canvas.

/** Drags a component from the palette to a place of the canvas; returns when its node is there. */
export async function drag(tab, component, name, x, y) {
    await tab.page.dragAndDrop(`[data-testid="palette-${component}"]`, '.react-flow__pane', { targetPosition: { x, y } });
    await tab.at(`node-${name}`).waitFor();
}

export async function centre(locator) {
    const { x, y, width, height } = await locator.boundingBox();
    return [x + width / 2, y + height / 2];
}

/** Draws a wire from an output to an input, `node.port` each. */
export async function wire(tab, from, to) {
    const handle = (end, side) => {
        const [node, port] = end.split('.');
        return tab.at(`port-${node}-${side}-${port}`);
    };
    const before = await tab.page.locator('.react-flow__edge').count();
    const [x, y] = await centre(handle(from, 'out'));
    await tab.page.mouse.move(x, y);
    await tab.page.mouse.down();
    await tab.page.mouse.move(x + 6, y + 3);
    const [toX, toY] = await centre(handle(to, 'in'));
    await tab.page.mouse.move(toX, toY, { steps: 8 });
    await tab.page.mouse.up();
    await tab.until(() => tab.page.locator('.react-flow__edge').count(), before + 1, `a wire from ${from} to ${to}`);
}

export async function select(tab, name) {
    await tab.at(`node-${name}`).locator('strong').click();
    await tab.at('inspector').waitFor();
}

/** Fills a list of texts, row by row. */
export async function fillList(tab, testid, texts) {
    for (const [i, text] of texts.entries()) {
        const row = tab.at(i === 0 ? testid : `${testid}-${i}`);
        await row.fill(text);
        if (i < texts.length - 1) await row.press('Enter');
    }
}

export async function deploy(tab) {
    await tab.until(() => tab.at('deploy').isEnabled(), true, 'Deploy can be pressed');
    await tab.at('deploy').click();
    await tab.at('deploy-go').click();
    await tab.until(() => tab.at('run-state').getAttribute('data-state'), 'running', 'the graph runs');
}

/** Takes an item of the menu behind the three dots. */
export async function fromMenu(tab, name) {
    await tab.at('more').click();
    await tab.page.getByRole('menuitem', { name, exact: true }).click();
}

/** Exports the graph of the page into a file; returns the file. */
export async function exported(tab, file) {
    const [download] = await Promise.all([tab.page.waitForEvent('download'), fromMenu(tab, 'Export')]);
    await download.saveAs(file);
    return file;
}
