// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Logs, traces and metrics as the exporters of OpenTelemetry for JavaScript send them.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { OTLPLogExporter as JsonLogExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { Resource } from '@opentelemetry/resources'
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'

const resource = new Resource({ 'service.name': 'shop' })
let folder, host, port, url

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port: found } = server.address()
  server.close()
  await once(server, 'close')
  return found
}

const worker = () => ({
  penstock: 1,
  name: 'worker',
  nodes: {
    take: { component: 'otlp/source', params: { port } },
    write: { component: 'files/write', params: { path: 'records.ndjson' } },
  },
  edges: [{ from: 'take.out', to: 'write.in' }],
})

const front = () => ({
  penstock: 1,
  name: 'front',
  nodes: {
    read: { component: 'json/read' },
    send: { component: 'otlp/publish', params: { url: `http://127.0.0.1:${port}` }, retry: { backoff: '100ms' } },
  },
  edges: [{ from: 'read.out', to: 'send.in' }],
})

// The program tells its address on its error stream.
async function start(...graphs) {
  host = spawn(process.env.PENSTOCK, ['run', ...graphs, '--listen', '127.0.0.1:0', '--data', 'data', '--no-supervisor'], {
    cwd: folder,
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let told = ''
  url = await new Promise((resolve, reject) => {
    host.stderr.on('data', (part) => {
      told += part
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(told)
      if (found) resolve(found[0])
    })
    host.once('exit', () => reject(new Error(`the program has ended: ${told}`)))
  })
}

async function end(signal) {
  if (!host || host.exitCode !== null || host.signalCode !== null) return
  const ended = once(host, 'exit')
  host.kill(signal)
  await ended
}

async function records() {
  const text = await readFile(join(folder, 'records.ndjson'), 'utf8').catch(() => '')
  return text.split('\n').slice(0, -1).map((line) => JSON.parse(line))
}

async function until(condition, what) {
  const deadline = Date.now() + 60_000
  for (;;) {
    const found = await condition()
    if (found) return found
    assert.ok(Date.now() < deadline, `${what} did not happen in time`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const is_listening = () =>
  fetch(`http://127.0.0.1:${port}/v1/logs`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })
    .then((answer) => answer.status === 200, () => false)

// Exports once; whether the server took all.
const exported = (exporter, all) => new Promise((resolve) => exporter.export(all, (result) => resolve(result.code === 0)))

function logs(begin, count) {
  const memory = new InMemoryLogRecordExporter()
  const provider = new LoggerProvider({ resource })
  provider.addLogRecordProcessor(new SimpleLogRecordProcessor(memory))
  const logger = provider.getLogger('till', '1.2')
  for (let n = begin; n < begin + count; ++n)
    logger.emit({ severityNumber: 9, severityText: 'INFO', body: `sold ${n}`, attributes: { n, list: ['a', 'b'] } })
  return memory.getFinishedLogRecords()
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penstock-telemetry-'))
  port = await freePort()
  await writeFile(join(folder, 'worker.json'), JSON.stringify(worker()))
  await writeFile(join(folder, 'front.json'), JSON.stringify(front()))
})

afterEach(async () => {
  await end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

test('logs in protobuf and in JSON are the same records', async () => {
  await start('worker.json')
  await until(is_listening, 'listening')
  const all = logs(0, 2)
  const at = { url: `http://127.0.0.1:${port}/v1/logs` }
  assert.ok(await exported(new OTLPLogExporter({ ...at, compression: 'gzip' }), all))
  assert.ok(await exported(new JsonLogExporter(at), all))
  const found = await records() // an answer comes when all is written
  found.sort((a, b) => a.attributes.n - b.attributes.n) // lanes write side by side
  assert.equal(found.length, 4)
  assert.deepEqual([found[0], found[2]], [found[1], found[3]])
  const [first] = found
  assert.match(first.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/)
  assert.equal(first.severity_number, 9)
  assert.equal(first.severity_text, 'INFO')
  assert.equal(first.body, 'sold 0')
  assert.deepEqual(first.attributes, { n: 0, list: ['a', 'b'] })
  assert.deepEqual(first.scope, { name: 'till', version: '1.2' })
  assert.equal(first.resource.attributes['service.name'], 'shop')
})

test('spans and metrics are records', async () => {
  await start('worker.json')
  await until(is_listening, 'listening')
  const spans = new SimpleSpanProcessor(new OTLPTraceExporter({ url: `http://127.0.0.1:${port}/v1/traces` }))
  const tracer = new BasicTracerProvider({ resource, spanProcessors: [spans] }).getTracer('till')
  const span = tracer.startSpan('sell', { attributes: { n: 1 } })
  span.addEvent('paid', { by: 'card' })
  span.setStatus({ code: 2, message: 'no paper' })
  span.end()
  await spans.forceFlush()
  const [sold] = await until(async () => ((await records()).length >= 1 ? records() : null), 'a span')
  assert.equal(sold.trace_id, span.spanContext().traceId)
  assert.equal(sold.span_id, span.spanContext().spanId)
  assert.equal(sold.name, 'sell')
  assert.deepEqual(sold.status, { message: 'no paper', code: 2 })
  assert.equal(sold.events[0].name, 'paid')
  assert.deepEqual(sold.events[0].attributes, { by: 'card' })

  const exporter = new OTLPMetricExporter({ url: `http://127.0.0.1:${port}/v1/metrics` })
  const provider = new MeterProvider({ resource, readers: [new PeriodicExportingMetricReader({ exporter })] })
  const meter = provider.getMeter('till')
  meter.createCounter('sales', { unit: '1' }).add(7, { kind: 'book' })
  meter.createHistogram('seconds').record(0.3)
  await provider.forceFlush()
  await provider.shutdown()
  const points = (await records()).slice(1)
  const sales = points.find((each) => each.name === 'sales')
  assert.equal(sales.type, 'sum')
  assert.equal(sales.value, 7)
  assert.equal(sales.is_monotonic, true)
  assert.deepEqual(sales.attributes, { kind: 'book' })
  const seconds = points.find((each) => each.name === 'seconds')
  assert.equal(seconds.type, 'histogram')
  assert.equal(seconds.count, 1)
  assert.equal(seconds.bucket_counts.length, seconds.explicit_bounds.length + 1)
})

test('nothing that was answered is lost when the host is killed during 10,000 records', async () => {
  const count = 10_000
  const size = 100
  await start('worker.json')
  await until(is_listening, 'listening')
  const exporter = new OTLPLogExporter({ url: `http://127.0.0.1:${port}/v1/logs`, timeoutMillis: 5000 })
  let kills = 0
  for (let begin = 0; begin < count; begin += size) {
    const all = logs(begin, size)
    if (begin === 3000 || begin === 6000) {
      const sending = exported(exporter, all)
      await end('SIGKILL')
      await sending
      ++kills
      await start('worker.json')
    }
    await until(() => exported(exporter, all), 'an export')
  }
  assert.equal(kills, 2)
  const found = await records()
  assert.equal(new Set(found.map((each) => each.attributes.n)).size, count)
})

test('what one graph publishes another receives', async () => {
  await start('worker.json', 'front.json')
  await until(is_listening, 'listening')
  const document = {
    time: '2026-01-02T03:04:05.000000006Z',
    severity_number: 17,
    body: { text: 'Größe', list: [1, null] },
    trace_id: '0102030405060708090a0b0c0d0e0f10',
    resource: { attributes: { 'service.name': 'shop' } },
    customer: 'eve',
  }
  const answer = await fetch(`${url}/graphs/front/data?ack=processed&wait=30s`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(document),
  })
  assert.equal(answer.status, 200)
  const { customer, ...rest } = document
  assert.deepEqual(await records(), [{ ...rest, attributes: { customer } }])
})

test('what is no request is refused as OTLP says', async () => {
  const graph = worker()
  graph.nodes.take.params.body_limit = '1KiB'
  await writeFile(join(folder, 'worker.json'), JSON.stringify(graph))
  await start('worker.json')
  await until(is_listening, 'listening')
  const ask = async (path, type, body, more = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers: { 'Content-Type': type }, body, ...more })
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
  }
  const broken = await ask('/v1/logs', 'application/json', '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"x"}]}]}]}')
  assert.equal(broken.status, 400)
  assert.equal(broken.type, 'application/json')
  assert.match(JSON.parse(broken.text).message, /hexadecimal/)
  const cut = await ask('/v1/traces', 'application/x-protobuf', Uint8Array.of(10, 5))
  assert.equal(cut.status, 400)
  assert.equal(cut.type, 'application/x-protobuf')
  assert.equal((await ask('/v1/logs', 'text/plain', 'x')).status, 415)
  assert.equal((await ask('/v2/logs', 'application/json', '{}')).status, 404)
  assert.equal((await ask('/v1/logs', 'application/json', undefined, { method: 'GET' })).status, 405)
  assert.equal((await ask('/v1/logs', 'application/json', ' '.repeat(2000))).status, 413)
  assert.deepEqual(await ask('/v1/metrics', 'application/json', '{}'), { status: 200, type: 'application/json', text: '{}' })
  assert.deepEqual(await records(), [])
})

test('a request that a full graph cannot take is to come again later', async () => {
  const graph = worker()
  graph.nodes.take.params = { port, in_flight: 1, wait: '200ms' }
  const away = await freePort()
  graph.nodes.write = { component: 'http/publish', params: { url: `http://127.0.0.1:${away}` } }
  await writeFile(join(folder, 'worker.json'), JSON.stringify(graph))
  await start('worker.json')
  await until(is_listening, 'listening')
  const ask = (n) =>
    fetch(`http://127.0.0.1:${port}/v1/logs`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"intValue":${n}}}]}]}]}`,
      signal: AbortSignal.timeout(20_000),
    })
  const first = ask(1).catch(() => undefined) // the graph has it, and waits for its publisher
  const refused = await until(async () => {
    const answer = await Promise.race([ask(2), new Promise((resolve) => setTimeout(resolve, 1000))])
    return answer?.status === 503 ? answer : null
  }, 'a refusal')
  assert.equal(refused.headers.get('retry-after'), '1')
  await end('SIGKILL')
  await first
})

test('a request without the token is refused', async () => {
  const graph = worker()
  graph.nodes.take.params.token = '${env:OTLP_TOKEN}'
  await writeFile(join(folder, 'worker.json'), JSON.stringify(graph))
  process.env.OTLP_TOKEN = 'open-sesame'
  await start('worker.json')
  const status = (headers) =>
    fetch(`http://127.0.0.1:${port}/v1/logs`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: '{}',
    }).then((answer) => answer.status, () => 0)
  await until(async () => (await status({})) !== 0, 'listening')
  assert.equal(await status({}), 401)
  assert.equal(await status({ Authorization: 'Bearer open-sesamE' }), 401)
  assert.equal(await status({ Authorization: 'Bearer open-sesame' }), 200)
})
