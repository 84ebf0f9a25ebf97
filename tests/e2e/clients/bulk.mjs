// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Documents as the JavaScript client of OpenSearch and curl send them.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { Client } from '@opensearch-project/opensearch'

const graph = {
  penstock: 1,
  name: 'books',
  nodes: {
    read: { component: 'json/read' },
    write: { component: 'files/write', params: { path: 'books.ndjson' } },
  },
  edges: [{ from: 'read.out', to: 'write.in' }],
}

let folder, host, url

// The program tells its address on its error stream.
async function start() {
  host = spawn(process.env.PENSTOCK, ['run', 'books.json', '--listen', '127.0.0.1:0', '--data', 'data'], {
    cwd: folder,
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let told = ''
  for await (const part of host.stderr) {
    told += part
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(told)
    if (found) return found[0]
  }
  throw new Error(`the program has ended: ${told}`)
}

async function documents() {
  const text = await readFile(join(folder, 'books.ndjson'), 'utf8').catch(() => '')
  return text.split('\n').filter(Boolean).map((line) => JSON.parse(line))
}

// Waits until so many documents have been written.
async function written(count) {
  const deadline = Date.now() + 20_000
  for (;;) {
    const all = await documents()
    if (all.length >= count || Date.now() > deadline) return all
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penstock-clients-'))
  await writeFile(join(folder, 'books.json'), JSON.stringify(graph))
  url = await start()
  host.stderr.resume()
})

after(async () => {
  if (host && host.exitCode === null) {
    host.kill('SIGTERM')
    await once(host, 'exit')
  }
  await rm(folder, { recursive: true, force: true })
})

test('the client of OpenSearch connects and learns what it talks to', async () => {
  const client = new Client({ node: url })
  const ping = await client.ping()
  assert.equal(ping.statusCode, 200)
  const info = await client.info()
  assert.deepEqual(info.body.version, { number: '7.10.2', distribution: 'opensearch' })
  await client.close()
})

test('the client of OpenSearch is told of each item', async () => {
  const client = new Client({ node: url, compression: 'gzip' })
  const answer = await client.bulk({
    index: 'books',
    refresh: true,
    body: [
      { index: { _id: '1' } },
      { title: 'Größe', n: 1 },
      { create: {} },
      { title: 'two' },
      { delete: { _id: 'gone' } },
      { update: { _id: '1' } },
      { doc: { n: 2 } },
    ],
  })
  assert.equal(answer.statusCode, 200)
  assert.equal(answer.body.errors, true)
  const [index, create, remove, update] = answer.body.items
  assert.deepEqual(index, { index: { _index: 'books', _id: '1', status: 201, result: 'created' } })
  assert.equal(create.create.status, 201)
  assert.match(create.create._id, /^[0-9a-f]{32}$/)
  assert.equal(remove.delete.status, 200)
  assert.equal(update.update.status, 400)
  assert.equal(typeof update.update.error.reason, 'string')
  const titles = (await written(2)).map((each) => each.title)
  assert.deepEqual(titles.sort(), ['Größe', 'two'])
  await client.close()
})

test('the bulk helper of the client counts what it sent', async () => {
  const already = (await written(2)).length
  const client = new Client({ node: url })
  const result = await client.helpers.bulk({
    datasource: Array.from({ length: 2000 }, (_, n) => ({ n })),
    onDocument: (document) => ({ index: { _index: 'books', _id: `n${document.n}` } }),
    flushBytes: 20_000,
  })
  assert.equal(result.total, 2000)
  assert.equal(result.successful, 2000)
  assert.equal(result.failed, 0)
  const all = await written(already + 2000)
  assert.equal(new Set(all.map((each) => each.n)).size, 2001) // the first test's have n 1, or none
  await client.close()
})

test('curl sends a file of lines', async (context) => {
  const run = promisify(execFile)
  try {
    await run('curl', ['--version'])
  } catch {
    return context.skip('curl is not installed')
  }
  const file = join(folder, 'body.ndjson')
  await writeFile(file, '{"index":{"_index":"books","_id":"c"}}\n{"from":"curl"}\n')
  const { stdout } = await run('curl', [
    '-sS', '-H', 'Content-Type: application/x-ndjson', '--data-binary', `@${file}`, `${url}/graphs/books/_bulk`,
  ])
  const answer = JSON.parse(stdout)
  assert.equal(answer.errors, false)
  assert.deepEqual(answer.items, [{ index: { _index: 'books', _id: 'c', status: 201, result: 'created' } }])
  const { stdout: root } = await run('curl', ['-sS', '-H', 'Accept: application/json', url])
  assert.equal(JSON.parse(root).version.number, '7.10.2')
})
