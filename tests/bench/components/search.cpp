// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/components/comparison.hpp"
#include "tests/bench/components/inputs.hpp"

#include <filesystem>
#include <stdexcept>
#include <utility>

#include <sqlite3.h>

namespace penstock::bench
{
namespace
{

class database
{
public:
    explicit database(const std::string& path) { check(sqlite3_open(path.c_str(), &handle_)); }

    database(const database&) = delete;
    database& operator=(const database&) = delete;

    ~database()
    {
        sqlite3_finalize(document_);
        sqlite3_finalize(words_);
        sqlite3_close(handle_);
    }

    void execute(const char* statements)
    {
        check(sqlite3_exec(handle_, statements, nullptr, nullptr, nullptr));
    }

    void prepare()
    {
        check(sqlite3_prepare_v2(handle_, "INSERT INTO documents(id, fields) VALUES(?, ?)", -1,
                                 &document_, nullptr));
        check(sqlite3_prepare_v2(handle_, "INSERT INTO words(rowid, text) VALUES(?, ?)", -1,
                                 &words_, nullptr));
    }

    void insert(const std::string& id, const std::string& fields, const std::string& text)
    {
        bind(document_, 1, id);
        bind(document_, 2, fields);
        step(document_);
        sqlite3_bind_int64(words_, 1, sqlite3_last_insert_rowid(handle_));
        bind(words_, 2, text);
        step(words_);
    }

private:
    static void bind(sqlite3_stmt* to, int at, const std::string& text)
    {
        sqlite3_bind_text(to, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    }

    void step(sqlite3_stmt* each)
    {
        if (sqlite3_step(each) != SQLITE_DONE)
            throw std::runtime_error(sqlite3_errmsg(handle_));
        sqlite3_reset(each);
    }

    void check(int status)
    {
        if (status != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(handle_));
    }

    sqlite3* handle_ = nullptr;
    sqlite3_stmt* document_ = nullptr;
    sqlite3_stmt* words_ = nullptr;
};

// The documents and the words of their texts, in transactions of as many as the component's, synced
// as its are.
std::size_t index(std::vector<packet> documents)
{
    constexpr std::size_t of_a_batch = 2000;
    database into("bare.sqlite");
    into.execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                 "PRAGMA cache_size = -32000;"
                 "CREATE TABLE documents(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
                 " fields TEXT NOT NULL);"
                 "CREATE VIRTUAL TABLE words USING fts5(text, content='');"
                 "INSERT INTO words(words, rank) VALUES('hashsize', 16777216);");
    into.prepare();
    std::size_t count = 0;
    for (const packet& each : documents)
    {
        if (count % of_a_batch == 0)
            into.execute(count == 0 ? "BEGIN" : "COMMIT; BEGIN");
        std::string text;
        for (const auto& [name, value] : each.fields())
            if (value.is_string())
                text.append(std::string_view(value.get_string())).append("\n");
        into.insert(each.text("id"), write_json(each.fields()), text);
        ++count;
    }
    into.execute("COMMIT");
    return count;
}

comparison search_index()
{
    constexpr std::size_t count = 10'000;
    return {.name = "search/index",
            .parameters = {{"database", "bench"}},
            .packets = [] { return records(count); },
            .made = delivered_packets,
            .bare = index,
            .reset =
                []
            {
                std::filesystem::remove_all("data/search");
                for (const char* each : {"bare.sqlite", "bare.sqlite-wal", "bare.sqlite-shm"})
                    std::filesystem::remove(each);
            }};
}

} // namespace

void add_search(std::vector<comparison>& to)
{
    add(to, search_index);
}

} // namespace penstock::bench
