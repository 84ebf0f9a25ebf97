// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/workload.hpp"

#include "host/journal/sqlite/sqlite_journal.hpp"
#include "tests/faults/dice.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <iostream>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include <dlfcn.h>

namespace penstock::faults
{

namespace
{

using namespace std::chrono_literals;

constexpr std::size_t most_unanswered = 96;
constexpr std::size_t largest_body = 20'000;
constexpr auto patience = 20s;

dice chance_of(const workload& what, std::size_t n)
{
    return dice(dice(what.seed)() ^ dice(n)());
}

void say(const mark& what)
{
    using logger = void (*)(const char*, std::size_t);
    static const auto log = reinterpret_cast<logger>(::dlsym(RTLD_DEFAULT, "penstock_disk_mark"));
    if (log != nullptr)
        log(reinterpret_cast<const char*>(&what), sizeof what);
}

/// What has become of the records so far.
class ledger
{
public:
    void appended()
    {
        const std::scoped_lock lock(mutex_);
        ++unanswered_;
    }

    void issued(std::uint32_t n, host::issue what)
    {
        say({mark::kind::issued, n, what});
        const std::scoped_lock lock(mutex_);
        numbers_.resize(std::max<std::size_t>(numbers_.size(), n + 1));
        numbers_[n] = what;
    }

    void settled(std::uint32_t n, host::commit how)
    {
        say({how == host::commit::kept ? mark::kind::kept : mark::kind::refused, n, {}});
        const std::scoped_lock lock(mutex_);
        --unanswered_;
        if (how == host::commit::kept)
            open_.push_back(n);
        changed_.notify_one();
    }

    void wait_until_unanswered(std::size_t most)
    {
        std::unique_lock lock(mutex_);
        if (!changed_.wait_for(lock, patience, [&] { return unanswered_ <= most; }))
            throw std::runtime_error("no answer to an append; one was expected");
    }

    /// Takes about half of the records that were kept and are not done.
    std::vector<std::pair<std::uint32_t, host::issue>> take_open(dice& chance)
    {
        const std::scoped_lock lock(mutex_);
        std::vector<std::pair<std::uint32_t, host::issue>> taken;
        std::vector<std::uint32_t> left;
        for (const std::uint32_t n : open_)
        {
            if (chance() % 2 == 0)
                taken.emplace_back(n, numbers_[n]);
            else
                left.push_back(n);
        }
        open_ = std::move(left);
        return taken;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t unanswered_ = 0;
    std::vector<host::issue> numbers_;
    std::vector<std::uint32_t> open_;
};

class waiter final : public host::append_waiter
{
public:
    waiter(ledger& tells, std::size_t n) : tells_(tells), n_(static_cast<std::uint32_t>(n)) {}

    void issued(host::issue what) noexcept override { tells_.issued(n_, what); }
    void settled(host::commit how) noexcept override { tells_.settled(n_, how); }

private:
    ledger& tells_;
    std::uint32_t n_;
};

// After an error the host would restart into a journal that it opens anew.
std::unique_ptr<host::sqlite_journal> open(const workload& what)
{
    for (int tries = 1;; ++tries)
    {
        try
        {
            return std::make_unique<host::sqlite_journal>(journal_of(what));
        }
        catch (const host::journal_error&)
        {
            if (tries == 3)
                throw;
        }
    }
}

void finish(const workload& what, host::journal& to, std::uint32_t n, host::issue given)
{
    say({mark::kind::ending, n, {}});
    if (dies(what, n))
    {
        host::dead_letter dead_letter;
        dead_letter.entry = given.number;
        dead_letter.graph = nth_entry(what, n).graph;
        dead_letter.node = "node";
        dead_letter.reason = std::to_string(n);
        dead_letter.receipts = {given.id.text()};
        to.dead(std::move(dead_letter));
    }
    host::kept_receipt receipt = nth_receipt(what, n);
    receipt.id = given.id;
    to.done({given.number, true, std::move(receipt)});
}

// Appends its part of the records, and has some of those that are kept done.
void session(const workload& what, std::size_t first, std::size_t last, ledger& tells)
{
    std::unique_ptr<host::sqlite_journal> journal = open(what);
    dice chance = chance_of(what, ~first);
    for (std::size_t n = first; n < last;)
    {
        for (std::size_t left = 1 + chance() % 64; left != 0 && n < last; --left, ++n)
        {
            tells.appended();
            journal->append(std::make_unique<host::journal_entry>(nth_entry(what, n)),
                            std::make_unique<waiter>(tells, n));
        }
        tells.wait_until_unanswered(chance() % most_unanswered);
        for (const auto& [done, given] : tells.take_open(chance))
            finish(what, *journal, done, given);
        const host::journal_trouble trouble = journal->trouble();
        if (trouble.reason.empty())
            continue;
        tells.wait_until_unanswered(0);
        if (!trouble.passes)
        {
            journal.reset();
            journal = open(what);
        }
        else
        {
            std::this_thread::sleep_for(5ms); // the journal looks again by itself
        }
    }
    tells.wait_until_unanswered(0);
}

} // namespace

host::sqlite_journal_options journal_of(const workload& what)
{
    host::sqlite_journal_options options;
    options.directory = what.directory;
    options.group_records = 32;
    options.lazy = 5ms;
    options.probe = 5ms;
    options.log_bytes = std::uint64_t{1} << 20;
    options.compresses = what.seed % 2 == 0;
    return options;
}

host::journal_entry nth_entry(const workload& what, std::size_t n)
{
    dice chance = chance_of(what, n);
    host::journal_entry made;
    made.graph = graphs_of_workload[chance() % std::size(graphs_of_workload)];
    made.key = chance() % 4 == 0 ? "key " + std::to_string(chance() % 10) : "";
    made.accepted = std::chrono::system_clock::time_point(1'700'000'000s + std::chrono::seconds(n));
    made.head =
        bytes(R"({"n":)" + std::to_string(n) + R"(,"seed":)" + std::to_string(what.seed) + '}');
    // Most bodies are small.
    std::string body(chance() % (chance() % 8 == 0 ? largest_body : 600), '\0');
    const bool repeats = chance() % 2 == 0; // and gets shorter by compression
    std::uint64_t some = 0;
    for (std::size_t at = 0; at < body.size(); at += sizeof(std::uint64_t))
    {
        if (at == 0 || !repeats)
            some = chance();
        std::memcpy(body.data() + at, &some, std::min(sizeof some, body.size() - at));
    }
    made.body = bytes(std::move(body));
    made.size = made.head.size() + made.body.size() + 100;
    if (chance() % 3 == 0)
    {
        made.idempotency_key = made.graph + '\n' + std::to_string(n);
        made.fingerprint = host::sha256(made.idempotency_key + std::to_string(chance()));
    }
    return made;
}

host::kept_receipt nth_receipt(const workload& what, std::size_t n)
{
    dice chance = chance_of(what, n + 1'000'000'000);
    host::kept_receipt made;
    made.graph = nth_entry(what, n).graph;
    made.accepted = nth_entry(what, n).accepted;
    made.delivered = chance() % 1'000;
    made.dropped = chance() % 1'000;
    made.failed = n;
    made.dead_count = dies(what, n) ? 1 : 0;
    return made;
}

bool dies(const workload& what, std::size_t n)
{
    return chance_of(what, n + 2'000'000'000)() % 8 == 0;
}

int work(const workload& what)
{
    try
    {
        ledger tells;
        for (std::size_t i = 0; i < what.sessions; ++i)
            session(what, what.records * i / what.sessions, what.records * (i + 1) / what.sessions,
                    tells);
        return 0;
    }
    catch (const host::journal_error& error)
    {
        std::cout << error.what() << '\n'; // the journal could not be opened: nobody was told yes
        return 0;
    }
    catch (const std::exception& error)
    {
        std::cerr << error.what() << '\n';
        return 1;
    }
}

} // namespace penstock::faults
