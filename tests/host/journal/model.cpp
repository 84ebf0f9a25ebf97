// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/journal/journal_model.hpp"
#include "tests/host/journal/journals.hpp"
#include "tests/host/journal/sqlite/faulty_disk.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <random>

BOOST_AUTO_TEST_SUITE(model)

// Random operations on a journal, and the same on a model of it: after each crash and each close
// both hold the same.
//
// PENSTOCK_SEQUENCES sets how many sequences of 200 operations are tried, PENSTOCK_SEED which;
// they are the same each time if it is not set.

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;

namespace
{

constexpr int operations = 200;

/// One sequence.
class trial
{
public:
    trial(std::uint64_t seed, const faulty_disk& disk)
        : disk_(disk), random_(seed), context_("PENSTOCK_SEED=" + std::to_string(seed))
    {
        open();
    }

    void run()
    {
        for (step_ = 0; step_ < operations; ++step_)
            step();
        close();
    }

private:
    using change = std::function<void(journal_model&)>;

    void open()
    {
        sqlite_journal_options options;
        options.directory = place_->path();
        options.vfs = disk_.name();
        options.lazy = std::chrono::milliseconds(random_() % 3);
        options.group_records = 1 + random_() % 8;
        options.compresses = random_() % 2 == 0;
        journal_.emplace(options);
    }

    void step()
    {
        switch (random_() % 20)
        {
        case 0:
        case 1:
        case 2:
        case 3:
        case 4:
        case 5:
        case 6: return append();
        case 7:
        case 8:
        case 9:
        case 10:
        case 11: return finish();
        case 12:
        case 13:
        case 14: return die();
        case 15: return drop();
        case 16: return read_some();
        case 17: return static_cast<void>(journal_->number());
        case 18: return random_() % 4 == 0 ? crash() : read_some();
        default: return random_() % 8 == 0 ? close_and_open() : read_some();
        }
    }

    void append()
    {
        journal_entry what = an_entry(random_() % 3 == 0 ? "other" : "g",
                                      std::string(random_() % 300, static_cast<char>(random_())));
        if (random_() % 4 == 0) // some are used again
            keys_.insert(what.idempotency_key = "key" + std::to_string(random_() % 10));
        appended one = host::testing::append(*journal_, what);
        what.number = one.given.number;
        what.id = one.given.id;
        entries_[what.number] = what.id;
        open_.push_back(what.number);
        change_model([what](journal_model& model) { model.append(what); });
        if (random_() % 2 == 0)
        {
            check(one.how.get() == commit::kept, "refused");
            settle_changes();
        }
    }

    entry_number take_open()
    {
        const std::size_t which = random_() % open_.size();
        const entry_number number = open_[which];
        open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(which));
        return number;
    }

    void finish()
    {
        if (open_.empty())
            return;
        const entry_number number = take_open();
        const finished_entry end = finished({number, entries_.at(number)});
        journal_->done(end);
        done_.push_back(end);
        latest_.reset();
    }

    void die()
    {
        const bool has_entry = !open_.empty() && random_() % 5 != 0;
        dead_letter about = a_dead_letter(has_entry ? open_[random_() % open_.size()] : 0);
        about.id = journal_->dead(about);
        last_dead_letter_ = std::stoull(about.id);
        dead_letters_.push_back(about.id);
        change_model([about](journal_model& model) { model.dead(about); });
    }

    void drop()
    {
        if (dead_letters_.empty())
            return;
        const std::string id = dead_letters_[random_() % dead_letters_.size()];
        const bool found = journal_->kept().drop(id);
        check(found == latest().dead_letters.contains(id), "a drop found " + std::to_string(found));
        change_model([id](journal_model& model) { model.drop(id); });
        settle(); // it has waited for the commit
    }

    void read_some()
    {
        if (open_.empty())
            return;
        const entry_number after = random_() % (open_.back() + 1);
        entry_number before = after;
        for (const journal_entry& each : journal_->next("g", after, {.entries = 1 + random_() % 5}))
        {
            check(each.number > before, "next is out of order");
            before = each.number;
            check(entries_.at(each.number) == each.id && !each.head.empty(),
                  "next has what was not appended");
            check(!committed_.receipts.contains(each.number), "next has what is done");
        }
    }

    /// A copy of the files as they are, with whatever is being written just now.
    void crash()
    {
        auto copied = std::make_unique<scratch>(in_memory());
        std::filesystem::copy_file(place_->file(), copied->file());
        const std::string log = place_->file().string() + "-wal";
        if (std::filesystem::exists(log))
            std::filesystem::copy_file(log, copied->file().string() + "-wal");
        journal_.reset();
        place_ = std::move(copied);
        open();
        const journal_model found = read();
        check(is_part_of_latest(found), "after a crash it " + difference(found, latest()));
        committed_ = found;
        changes_.clear();
        done_.clear();
        latest_.reset();
        std::erase_if(open_, [&](entry_number each) { return !found.pending.contains(each); });
        for (const auto& [number, content] : found.pending)
            if (std::ranges::find(open_, number) == open_.end())
                open_.push_back(number);
    }

    // Commits are in order, but what is done may wait for later ones: what is there is a first part
    // of the changes, and a first part of what was done.
    bool is_part_of_latest(const journal_model& found)
    {
        journal_model changed = committed_;
        for (std::size_t changes = 0;; ++changes)
        {
            journal_model model = changed;
            for (std::size_t done = 0; !(model == found) && done < done_.size(); ++done)
                model.done(done_[done]);
            if (model == found)
                return true;
            if (changes == changes_.size())
                return false;
            changes_[changes](changed);
        }
    }

    void close_and_open()
    {
        journal_.reset();
        open();
        settle();
        const journal_model found = read();
        check(found == committed_, "reopened, it " + difference(found, committed_));
    }

    void close()
    {
        close_and_open();
        journal_.reset();
    }

    journal_model read() { return read_model(*journal_, entries_, keys_, last_dead_letter_ + 1); }

    void change_model(change what)
    {
        changes_.push_back(std::move(what));
        latest_.reset();
    }

    /// All changes so far are committed, and what is done may be.
    void settle_changes()
    {
        for (const change& each : changes_)
            each(committed_);
        changes_.clear();
        latest_.reset();
    }

    /// Everything so far is committed.
    void settle()
    {
        committed_ = latest();
        changes_.clear();
        done_.clear();
    }

    const journal_model& latest()
    {
        if (!latest_)
        {
            latest_ = committed_;
            for (const change& each : changes_)
                each(*latest_);
            for (const finished_entry& each : done_)
                latest_->done(each);
        }
        return *latest_;
    }

    void check(bool is_so, const std::string& otherwise) const
    {
        if (!is_so)
            throw std::runtime_error(context_ + ", step " + std::to_string(step_) + ": " +
                                     otherwise);
    }

    const faulty_disk& disk_;
    std::mt19937_64 random_;
    std::string context_;
    int step_ = 0;
    std::unique_ptr<scratch> place_ = std::make_unique<scratch>(in_memory());
    std::optional<sqlite_journal> journal_;
    journal_model committed_;          ///< what is known to be on the disk
    std::vector<change> changes_;      ///< and what may be, in order
    std::vector<finished_entry> done_; ///< and what is done, and may be, in order
    std::optional<journal_model> latest_;
    std::map<entry_number, packet_id> entries_;
    std::set<std::string> keys_;
    std::vector<entry_number> open_;
    std::vector<std::string> dead_letters_;
    std::uint64_t last_dead_letter_ = 0;
};

std::string failure_of(std::uint64_t seed, const faulty_disk& disk)
{
    try
    {
        trial(seed, disk).run();
        return "";
    }
    catch (const std::runtime_error& problem)
    {
        return problem.what();
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(a_journal_holds_what_its_model_holds)
{
    const std::uint64_t sequences = setting("PENSTOCK_SEQUENCES", 25);
    const std::uint64_t seed = setting("PENSTOCK_SEED", 1);
    faulty_disk disk;
    disk.syncs = false;
    for (std::uint64_t i = 0; i < sequences; ++i)
        BOOST_TEST(failure_of(seed + i, disk) == "");
    BOOST_TEST_MESSAGE(sequences << " sequences of " << operations
                                 << " operations; PENSTOCK_SEED=" << seed);
}

BOOST_AUTO_TEST_SUITE_END()
