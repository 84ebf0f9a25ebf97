// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/memory_journal.hpp"
#include "host/journal/sqlite/journal_check.hpp"
#include "host/journal/sqlite/sqlite_journal.hpp"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host::testing
{

/// A directory of its own that goes with the object.
class scratch
{
public:
    explicit scratch(std::filesystem::path parent = std::filesystem::temp_directory_path())
    {
        std::string name = (parent / "penstock_journal_XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("cannot make " + name);
        path_ = name;
    }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;
    ~scratch()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
    [[nodiscard]] std::filesystem::path file() const { return path_ / "journal.sqlite3"; }
    [[nodiscard]] sqlite_journal_options options() const
    {
        sqlite_journal_options made;
        made.directory = path_;
        return made;
    }

private:
    std::filesystem::path path_;
};

/// Where files are fastest, for what does not depend on a disk.
inline std::filesystem::path in_memory()
{
    const std::filesystem::path memory = "/dev/shm";
    return std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
}

/// A number from the environment, for the long form of a test.
inline std::uint64_t setting(const char* name, std::uint64_t otherwise)
{
    const char* given = std::getenv(name);
    return given == nullptr ? otherwise : std::strtoull(given, nullptr, 10);
}

/// What became of one append.
struct appended
{
    issue given;
    std::future<commit> how;
};

inline appended append(journal& to, journal_entry what, bool is_urgent = true)
{
    struct waiter final : append_waiter
    {
        waiter(issue& where, bool is_urgent) : given(where), urgent(is_urgent) {}
        void issued(issue what) noexcept override { given = what; }
        void settled(commit how) noexcept override { promise.set_value(how); }
        bool is_urgent() const noexcept override { return urgent; }
        issue& given; // valid in append() only
        const bool urgent;
        std::promise<commit> promise;
    };
    appended result;
    auto made = std::make_unique<waiter>(result.given, is_urgent);
    result.how = made->promise.get_future();
    to.append(std::make_unique<journal_entry>(std::move(what)), std::move(made));
    return result;
}

inline journal_entry an_entry(std::string graph = "g", std::string body = "body")
{
    journal_entry made;
    made.graph = std::move(graph);
    made.head = bytes(R"({"packets":[]})");
    made.size = body.size() + 10;
    made.body = bytes(std::move(body));
    made.accepted = std::chrono::system_clock::time_point(std::chrono::seconds(1'700'000'000));
    return made;
}

/// Appends and waits for the commit, and so for that of all that was called before. Throws if it
/// is refused.
inline issue keep(journal& to, journal_entry what = an_entry())
{
    appended result = append(to, std::move(what));
    if (result.how.get() != commit::kept)
        throw std::runtime_error("refused: " + to.trouble().reason);
    to.flush(); // what is done may wait for later commits
    return result.given;
}

inline finished_entry finished(const issue& of, std::string graph = "g")
{
    finished_entry made;
    made.number = of.number;
    made.journalled = true;
    made.receipt.id = of.id;
    made.receipt.graph = std::move(graph);
    made.receipt.delivered = 1;
    return made;
}

inline dead_letter a_dead_letter(entry_number entry = 0, std::string reason = "no reason")
{
    dead_letter made;
    made.entry = entry;
    made.graph = "g";
    made.node = "n";
    made.component = "p/c@1";
    made.reason = std::move(reason);
    made.packet = {{"fields", {{"a", 1}}}};
    made.receipts = {"r1", "r2"};
    made.attempts = 3;
    made.time = std::chrono::system_clock::time_point(std::chrono::seconds(1'700'000'001));
    return made;
}

inline std::vector<entry_number> numbers_of(const std::vector<journal_entry>& entries)
{
    std::vector<entry_number> numbers;
    for (const journal_entry& each : entries)
        numbers.push_back(each.number);
    return numbers;
}

/// Why a journal does not open; empty: it does.
inline std::string refusal(const sqlite_journal_options& options)
{
    try
    {
        const sqlite_journal journal(options);
        return "";
    }
    catch (const journal_error& problem)
    {
        return problem.what();
    }
}

/// All that is left of a graph.
inline std::vector<journal_entry> all_of(journal& from, std::string_view graph = "g")
{
    std::vector<journal_entry> all;
    for (;;)
    {
        const auto some = from.next(graph, all.empty() ? 0 : all.back().number, {.entries = 7});
        if (some.empty())
            return all;
        all.insert(all.end(), some.begin(), some.end());
    }
}

/// What a check has counted, as a text.
inline std::string counts_of(const journal_check& found)
{
    return std::to_string(found.entries) + " entries, " + std::to_string(found.originals) +
           " originals, " + std::to_string(found.receipts) + " receipts, " +
           std::to_string(found.keys) + " keys, " + std::to_string(found.dead_letters) +
           " letters, " + std::to_string(found.blames) + " blames";
}

} // namespace penstock::host::testing
