// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What `penstock schema` writes, before Ajv: it takes what the program takes, and what it refuses, so does the program.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, test } from 'node:test';
import Ajv from 'ajv';

const { PENSTOCK, EXAMPLES, NO_HOME } = process.env;
const how = { encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, HOME: NO_HOME, XDG_DATA_HOME: '' } };
const folder = mkdtempSync(join(tmpdir(), 'penstock-schema-'));
after(() => rmSync(folder, { recursive: true }));

const written = (...words) => JSON.parse(execFileSync(PENSTOCK, ['schema', ...words], how));
// Strict but for a keyword that editors know, and for types that are lists, which forms of sizes and times are.
const checker = (schema) => new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).addVocabulary(['enumDescriptions']).compile(schema);

const schema = written();
const fits = checker(schema);
const fitsConfiguration = checker(written('--configuration'));

function faults(check, value) {
    return check(value) ? [] : check.errors.map((error) => `${error.instancePath}: ${error.message}`);
}

/** What the program says of a graph or, as `run` reads it, of a configuration. */
function refusal(value, words) {
    const file = join(folder, 'file.json');
    writeFileSync(file, JSON.stringify(value));
    const ended = spawnSync(PENSTOCK, [...words, file], how);
    return ended.status === 0 ? '' : ended.stderr;
}
const refusedGraph = (graph) => refusal(graph, ['validate']);
const refusedConfiguration = (configuration) => refusal(configuration, ['run', '--print-config', '--config']);

function files(of) {
    return readdirSync(of, { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? files(join(of, each.name)) : [join(of, each.name)]));
}

const graph = (change) => {
    const made = {
        penstock: 1,
        name: 'g',
        nodes: {
            read: { component: 'json/read' },
            rename: { component: 'fields/rename', params: { from: ['a'], to: ['b'] } },
            write: { component: 'files/write', params: { path: '/tmp/penstock-schema.ndjson' } },
        },
        edges: [
            { from: 'read.out', to: 'rename.in' },
            { from: 'rename.out', to: 'write.in' },
        ],
    };
    change?.(made);
    return made;
};

test('every example fits', () => {
    const examples = files(EXAMPLES).filter((file) => file.endsWith('.json') && !file.endsWith('.test.json') && !relative(EXAMPLES, file).includes('build/'));
    assert.ok(examples.length > 20, String(examples.length));
    for (const file of examples) {
        const check = file.endsWith('/penstock.json') ? fitsConfiguration : fits;
        // Its component is in a package of its own, which is not here.
        const own = file.endsWith('/greetings.json') ? ['/nodes/greet/component: must be equal to one of the allowed values'] : [];
        assert.deepEqual(faults(check, JSON.parse(readFileSync(file, 'utf8'))), own, file);
    }
});

test('what may be said fits', () => {
    for (const [what, change] of Object.entries({
        'nothing more': () => {},
        'a place of the schema, titles and notes': (g) => Object.assign(g, { $schema: './penstock.schema.json', title: 't', note: 'n' }),
        'everything of a node': (g) =>
            Object.assign(g.nodes.read, { title: 't', note: 'n', params: {}, retry: { attempts: 3, backoff: '1s', max_backoff: 2000, on: ['throw', 'fail'] }, stack: '512KiB' }),
        'everything of an edge': (g) => Object.assign(g.edges[0], { capacity: 64, overflow: 'drop' }),
        'everything of a graph': (g) => Object.assign(g, { partition_by: '/meta/id', lanes: 4, pending_memory: '1GiB', layout: { read: [0, -1.5] } }),
        'sizes and times as numbers': (g) => Object.assign(g, { pending_memory: 1 << 20 }),
        'a reference in place of any value': (g) => {
            g.nodes.rename.params = { from: '${env:FROM}', to: ['${env:TO}'], mode: '${env:MODE}' };
        },
        'a reference to a secret': (g) => {
            g.nodes.write = { component: 'opensearch/publish', params: { url: 'http://127.0.0.1:9200', index: 'i', password: '${secret:opensearch.password}' } };
        },
    })) {
        const made = graph(change);
        assert.deepEqual(faults(fits, made), [], what);
        assert.equal(refusedGraph(made), '', what);
    }
});

test('what a schema can see is refused, by the program too', () => {
    for (const [what, change] of Object.entries({
        'no version': (g) => delete g.penstock,
        'another version': (g) => (g.penstock = 2),
        'no name': (g) => delete g.name,
        'a name that is none': (g) => (g.name = 'My Graph'),
        'a name that is too long': (g) => (g.name = 'n'.repeat(65)),
        'no nodes': (g) => delete g.nodes,
        'an unknown key': (g) => (g.edgse = []),
        'a title that is no text': (g) => (g.title = 1),
        'a note that is no text': (g) => (g.note = []),
        'a place of the schema that is no text': (g) => (g.$schema = {}),
        'the name of a node that is none': (g) => (g.nodes['Read it'] = { component: 'json/read' }),
        'a node without a component': (g) => delete g.nodes.read.component,
        'a component that is none': (g) => (g.nodes.read.component = 'json'),
        'an unknown component': (g) => (g.nodes.read.component = 'json/reed'),
        'an unknown key of a node': (g) => (g.nodes.read.parms = {}),
        'an unknown parameter': (g) => (g.nodes.rename.params.form = []),
        'a missing parameter': (g) => delete g.nodes.write.params.path,
        'no parameters where some are needed': (g) => delete g.nodes.write.params,
        'a parameter of another type': (g) => (g.nodes.rename.params.from = 'a'),
        'an item of another type': (g) => (g.nodes.rename.params.from = [1]),
        'none of the choices': (g) => (g.nodes.rename.params.mode = 'replace'),
        'a number out of range': (g) => (g.nodes.read = { component: 'route/sample', params: { rate: 2 } }),
        'a time without a unit': (g) => (g.nodes.read = { component: 'route/delay', params: { time: '2 seconds' } }),
        'a size without a unit': (g) => (g.pending_memory = '64 MiB'),
        'a size that is too small': (g) => (g.nodes.read.stack = 1024),
        'a secret that is written out': (g) => {
            g.nodes.write = { component: 'opensearch/publish', params: { url: 'http://127.0.0.1:9200', index: 'i', password: 'hunter2' } };
        },
        'a member of another type': (g) => (g.nodes.rename = { component: 'route/switch', params: { routes: [{ port: 1, when: 'true' }] } }),
        'a member that is missing': (g) => (g.nodes.rename = { component: 'route/switch', params: { routes: [{ port: 'a' }] } }),
        'an unknown member': (g) => (g.nodes.rename = { component: 'route/switch', params: { routes: [{ port: 'a', when: 'true', then: 1 }] } }),
        'no attempts': (g) => (g.nodes.read.retry = { attempts: 0 }),
        'an unknown key of a retry': (g) => (g.nodes.read.retry = { backof: '1s' }),
        'a failure that is none': (g) => (g.nodes.read.retry = { on: ['crash'] }),
        'a list of no failures': (g) => (g.nodes.read.retry = { on: [] }),
        'a wait that is too long': (g) => (g.nodes.read.retry = { backoff: 86_400_001 }),
        'a version of a package that is none': (g) => (g.nodes.read.package = 'json'),
        'an edge without an end': (g) => delete g.edges[0].to,
        'an end that is no port': (g) => (g.edges[0].to = 'rename'),
        'a capacity that is none': (g) => (g.edges[0].capacity = 0),
        'an overflow that is none': (g) => (g.edges[0].overflow = 'lose'),
        'an unknown key of an edge': (g) => (g.edges[0].label = 'x'),
        'a partition by fields': (g) => (g.partition_by = '/fields/id'),
        'no lanes': (g) => (g.lanes = 0),
        'too many lanes': (g) => (g.lanes = 1025),
        'a place that is no pair': (g) => (g.layout = { read: [0] }),
    })) {
        const made = graph(change);
        assert.notDeepEqual(faults(fits, made), [], what);
        assert.notEqual(refusedGraph(made), '', what);
    }
});

test('defaults and examples of parameters fit', () => {
    let count = 0;
    for (const each of schema.definitions.node.allOf) {
        const component = each.if.properties.component.const;
        for (const [name, parameter] of Object.entries(each.then.properties.params.properties)) {
            const check = checker({ ...parameter, definitions: schema.definitions });
            const values = [...('default' in parameter ? [parameter.default] : []), ...(parameter.examples ?? [])];
            for (const value of values) assert.deepEqual(faults(check, value), [], `${component} ${name} ${JSON.stringify(value)}`);
            count += values.length;
        }
    }
    assert.ok(count > 100, String(count));
});

test('a configuration fits as it is printed, and with a place of its schema', () => {
    const printed = JSON.parse(execFileSync(PENSTOCK, ['run', '--print-config'], how));
    assert.deepEqual(faults(fitsConfiguration, printed), []);
    for (const each of [{ $schema: './configuration.schema.json' }, { lanes: '4', body_limit: 1024, drain: '2m' }, { hosts: ['a.example'], ack: 'memory' }]) {
        assert.deepEqual(faults(fitsConfiguration, each), []);
        assert.equal(refusedConfiguration(each), '');
    }
});

test('what is no configuration is refused, by the program too', () => {
    for (const each of [[], { lames: 4 }, { $schema: 1 }, { lanes: -1 }, { lanes: 1025 }, { lanes: 'many' }, { lanes: [1] }, { drain: 'soon' }, { drain: 1.5 }, { body_limit: '1 GiB' }, { ack: 'perhaps' }, { core_files: true }, { hosts: 'a' }, { hosts: [1] }, { hosts: [''] }, { listen: 8080 }]) {
        assert.notDeepEqual(faults(fitsConfiguration, each), [], JSON.stringify(each));
        assert.notEqual(refusedConfiguration(each), '', JSON.stringify(each));
    }
});
