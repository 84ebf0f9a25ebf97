// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/sqlite/sqlite_file.hpp"

#include <filesystem>
#include <fstream>

namespace penstock::host::testing
{

/// What a program of version 2 of the journal wrote and then closed: requests 1, 3 and 5 are
/// pending, 3 of the graph `other`; 2 is done, and letter 1 refers to it; 4 is done; letter 2 is of
/// request 5.
inline constexpr const char* journal_of_version_2 = R"(
PRAGMA page_size = 8192;
BEGIN;
CREATE TABLE blames(number INTEGER PRIMARY KEY, high INTEGER, low INTEGER, graph TEXT, node TEXT,
    component TEXT, reason TEXT, time INTEGER, kept INTEGER, sum INTEGER);
INSERT INTO blames VALUES(1,1796000009000000,4552262639903251781,'g','','','SIGSEGV',
    1796000000000000,1796000011000000,2738595678);
CREATE TABLE keys(key TEXT PRIMARY KEY, number INTEGER, micros INTEGER, fingerprint INTEGER,
    used INTEGER, sum INTEGER) WITHOUT ROWID;
INSERT INTO keys VALUES('once',1,1796000001000000,
    X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F',1796000002000000,
    2471867304);
CREATE TABLE letters(number INTEGER PRIMARY KEY, entry INTEGER, graph TEXT, node TEXT,
    port INTEGER, component TEXT, reason TEXT, packet TEXT, receipts TEXT, attempts INTEGER,
    time INTEGER, kept INTEGER, bytes INTEGER, sum INTEGER);
INSERT INTO letters VALUES(1,2,'g','n',0,'p/c@1','bad','{"fields":{"a":1}}','["r1","r2"]',3,
    1700000001000000,1796000006000000,39,3601951976);
INSERT INTO letters VALUES(2,5,'g','n',0,'p/c@1','half','{"fields":{"a":1}}','["r1","r2"]',3,
    1700000001000000,1796000011000000,40,1749216714);
CREATE TABLE originals(number INTEGER PRIMARY KEY, micros INTEGER, graph TEXT, key TEXT,
    accepted INTEGER, size INTEGER, idempotency_key TEXT, fingerprint INTEGER, head TEXT,
    body_size INTEGER, body_sum INTEGER, sum INTEGER, body TEXT);
INSERT INTO originals VALUES(2,1796000003000000,'g','',1700000000000000,14,'',0,
    '{"packets":[]}',4,3609772471,1965862723,'died');
CREATE TABLE receipts(number INTEGER PRIMARY KEY, micros INTEGER, graph TEXT, accepted INTEGER,
    ended INTEGER, durable INTEGER, delivered INTEGER, dropped INTEGER, failed INTEGER,
    dead INTEGER, more TEXT, sum INTEGER);
INSERT INTO receipts VALUES(2,1796000003000000,'g',0,1796000006000000,0,1,0,0,0,'',2174919420);
INSERT INTO receipts VALUES(4,1796000007000000,'g',0,1796000010000000,0,1,0,0,0,'',695039151);
CREATE TABLE records(number INTEGER PRIMARY KEY, micros INTEGER, graph TEXT, key TEXT,
    accepted INTEGER, size INTEGER, idempotency_key TEXT, fingerprint INTEGER, head TEXT,
    body_size INTEGER, body_sum INTEGER, sum INTEGER, body TEXT);
INSERT INTO records VALUES(1,1796000001000000,'g','k',1700000000000000,15,'once',
    X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F','{"packets":[]}',5,
    1795485632,2397838351,'first');
INSERT INTO records VALUES(3,1796000005000000,'other','',1700000000000000,19,'',0,
    '{"packets":[]}',9,197740997,524243438,'elsewhere');
INSERT INTO records VALUES(5,1796000009000000,'g','',1700000000000000,14,'',0,'{"packets":[]}',
    4,497032531,2532486899,'last');
CREATE TABLE state(copy INTEGER PRIMARY KEY, seed INTEGER, numbers INTEGER, letters INTEGER,
    micros INTEGER, expired INTEGER, sum INTEGER);
INSERT INTO state VALUES(1,2113756437930488206,5,2,1796000009000000,0,3302059516);
INSERT INTO state VALUES(2,2113756437930488206,5,2,1796000009000000,0,1203289407);
CREATE INDEX records_by_graph ON records(graph, number, size);
CREATE INDEX originals_by_size ON originals(size);
CREATE INDEX keys_by_number ON keys(number, used);
CREATE INDEX letters_by_entry ON letters(entry, bytes);
CREATE INDEX letters_by_graph ON letters(graph, bytes);
CREATE INDEX originals_by_graph ON originals(graph, size);
PRAGMA application_id = 1348824691;
PRAGMA user_version = 2;
COMMIT;
)";

/// Makes such a journal in an empty directory.
inline void make_journal_of_version_2(const std::filesystem::path& file)
{
    std::ofstream(file).flush();
    sqlite_file made(file, sqlite_file::use::writing, "");
    made.execute(journal_of_version_2);
    made.execute("PRAGMA journal_mode = WAL");
}

} // namespace penstock::host::testing
