// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/sqlite/sqlite_file.hpp"

#include <filesystem>
#include <fstream>

namespace penstock::host::testing
{

/// What a program of version 4 of the journal wrote and then closed: requests 1, 3 and 5 are
/// pending, 3 of the graph `other`; 2 is done, and letter 1 refers to it; 4 is done; letter 2 is of
/// request 5.
inline constexpr const char* journal_of_version_4 = R"(
PRAGMA page_size = 8192;
BEGIN;
CREATE TABLE state(copy INTEGER PRIMARY KEY, seed INTEGER, numbers INTEGER, letters INTEGER,
    micros INTEGER, expired INTEGER, sum INTEGER);
CREATE TABLE records(number INTEGER PRIMARY KEY, micros INTEGER, graph TEXT, key TEXT,
    accepted INTEGER, size INTEGER, idempotency_key TEXT, fingerprint INTEGER, head TEXT,
    body_size INTEGER, body_sum INTEGER, sum INTEGER, body TEXT);
CREATE TABLE originals(number INTEGER PRIMARY KEY, micros INTEGER, graph TEXT, key TEXT,
    accepted INTEGER, size INTEGER, idempotency_key TEXT, fingerprint INTEGER, head TEXT,
    body_size INTEGER, body_sum INTEGER, sum INTEGER, body TEXT);
CREATE TABLE receipts(number INTEGER PRIMARY KEY, micros INTEGER, graph TEXT, accepted INTEGER,
    ended INTEGER, durable INTEGER, delivered INTEGER, dropped INTEGER, failed INTEGER,
    dead INTEGER, more TEXT, sum INTEGER);
CREATE TABLE keys(key TEXT PRIMARY KEY, number INTEGER, micros INTEGER, fingerprint INTEGER,
    used INTEGER, sum INTEGER) WITHOUT ROWID;
CREATE TABLE letters(number INTEGER PRIMARY KEY, entry INTEGER, graph TEXT, node TEXT,
    port INTEGER, component TEXT, reason TEXT, packet TEXT, receipts TEXT, attempts INTEGER,
    time INTEGER, kept INTEGER, bytes INTEGER, sum INTEGER);
CREATE TABLE blames(number INTEGER PRIMARY KEY, high INTEGER, low INTEGER, graph TEXT, node
    TEXT,
    component TEXT, reason TEXT, time INTEGER, kept INTEGER, sum INTEGER);
CREATE TABLE bundles(first INTEGER PRIMARY KEY, last INTEGER, graph TEXT, entries INTEGER,
    size INTEGER, members TEXT, directory TEXT, sum INTEGER, content TEXT);
CREATE TABLE bundle_marks(first INTEGER PRIMARY KEY, entries INTEGER, size INTEGER,
    size_left INTEGER, since INTEGER, members TEXT, sum INTEGER);
CREATE TABLE receipt_bundles(number INTEGER PRIMARY KEY, graph TEXT, entries INTEGER,
    ended INTEGER, content TEXT, sum INTEGER);
INSERT INTO state VALUES(1,-2179256347487768667,5,2,1796000000000004,0,1596533541);
INSERT INTO state VALUES(2,-2179256347487768667,5,2,1796000000000004,0,3695246310);
INSERT INTO originals VALUES(2,1796000000000001,'g','',1700000000000000,14,'',0,
    '{"packets":[]}',4,3609772471,1689855324,'died');
INSERT INTO keys VALUES('once',1,1796000000000000,
    X'af0bf2a562dabe2a81e0b0b47a33a515b5e8495c72fff218af4c15f3f066fa44',1796000000000000,
    2197943432);
INSERT INTO letters VALUES(1,2,'g','n',0,'p/c@1','bad','{"fields":{"a":1}}','["r1","r2"]',3,
    1700000001000000,1796000000000000,39,1776765537);
INSERT INTO letters VALUES(2,5,'g','n',0,'p/c@1','half','{"fields":{"a":1}}','["r1","r2"]',3,
    1700000001000000,1796000000000000,40,1024005727);
INSERT INTO bundles VALUES(1,5,'g',4,57,CAST(X'1b' AS TEXT),
    CAST(X'808091b0bdae98038080f9c0c1c482030f3ce6b7aaf607818091b0bdae98038080f9c0c1c482030e16e9ff88fa0d838091b0bdae98038080f9c0c1c482030e16dff4b88e02848091b0bdae98038080f9c0c1c482030e1693ae93b802' AS TEXT),
    3610966433,
    CAST(X'016b046f6e636520af0bf2a562dabe2a81e0b0b47a33a515b5e8495c72fff218af4c15f3f066fa440e7b227061636b657473223a5b5d7d66697273740000000e7b227061636b657473223a5b5d7d646965640000000e7b227061636b657473223a5b5d7d676f6e650000000e7b227061636b657473223a5b5d7d6c617374' AS TEXT));
INSERT INTO bundles VALUES(3,3,'other',1,19,CAST(X'01' AS TEXT),
    CAST(X'828091b0bdae98038080f9c0c1c48203131b9ac6f7900d' AS TEXT),657451311,
    CAST(X'0000000e7b227061636b657473223a5b5d7d656c73657768657265' AS TEXT));
INSERT INTO bundle_marks VALUES(1,2,28,29,1796000000000000,CAST(X'11' AS TEXT),2784544285);
INSERT INTO receipt_bundles VALUES(1,'g',2,1796000000000000,
    CAST(X'02818091b0bdae98030000010000000004838091b0bdae980300000100000000' AS TEXT),
    2702359471);
CREATE INDEX records_by_graph ON records(graph, number, size);
CREATE INDEX originals_by_size ON originals(size);
CREATE INDEX keys_by_number ON keys(number, used);
CREATE INDEX letters_by_entry ON letters(entry, bytes);
CREATE INDEX bundles_by_graph ON bundles(graph, last, first, entries, size, members);
CREATE INDEX letters_by_graph ON letters(graph, bytes);
CREATE INDEX originals_by_graph ON originals(graph, size);
PRAGMA application_id = 1348824691;
PRAGMA user_version = 4;
COMMIT;
)";

/// Makes such a journal in an empty directory.
inline void make_journal_of_version_4(const std::filesystem::path& file)
{
    std::ofstream(file).flush();
    sqlite_file made(file, sqlite_file::use::writing, "");
    made.execute(journal_of_version_4);
    made.execute("PRAGMA journal_mode = WAL");
}

} // namespace penstock::host::testing
