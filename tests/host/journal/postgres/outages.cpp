// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/journal/journal_model.hpp"
#include "tests/host/journal/journals.hpp"
#include "tests/host/journal/postgres/shared_database.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(outages_of_postgres)

// Random operations on a journal whose database is cut off, killed and started again meanwhile, and
// the same on a model of it: in the end both hold the same, and nothing was refused.
//
// PENSTOCK_OUTAGES sets how many outages there are, PENSTOCK_SEED which.

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;

namespace
{

constexpr int operations_between = 60;

class trial
{
public:
    explicit trial(std::uint64_t seed) : random_(seed)
    {
        postgres_options options = place_.options();
        options.patience = std::chrono::seconds(30);
        options.group_records = 8;
        journal_.emplace(options);
    }

    void run(std::uint64_t outages)
    {
        for (std::uint64_t i = 0; i < outages; ++i)
        {
            for (int step = 0; step < operations_between; ++step)
                operate();
            if (i % 3 == 2)
                restart_journal();
            else if (i % 3 == 1)
                cut_off();
            else
                kill();
        }
        compare();
    }

private:
    void operate()
    {
        switch (random_() % 8)
        {
        case 0:
        case 1:
        case 2: return append();
        case 3:
        case 4:
        case 5: return finish();
        case 6: return die();
        default: return drop();
        }
    }

    void append()
    {
        journal_entry what = an_entry(random_() % 3 == 0 ? "other" : "g",
                                      std::string(random_() % 300, static_cast<char>(random_())));
        bool is_repeated = false;
        if (random_() % 4 == 0)
        {
            what.idempotency_key = "key" + std::to_string(random_() % 20);
            is_repeated = !keys_.insert(what.idempotency_key).second;
        }
        appended one = host::testing::append(*journal_, what);
        if (is_repeated)
        {
            repeated_.push_back(std::move(one.how));
            return;
        }
        what.number = one.given.number;
        what.id = one.given.id;
        entries_[what.number] = what.id;
        open_.push_back(what.number);
        model_.append(what);
        waited_.push_back(std::move(one.how));
    }

    void finish()
    {
        if (open_.empty())
            return;
        const std::size_t which = random_() % open_.size();
        const entry_number number = open_[which];
        open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(which));
        const finished_entry end = finished({number, entries_.at(number)});
        journal_->done(end);
        model_.done(end);
    }

    void die()
    {
        const bool has_entry = !open_.empty() && random_() % 5 != 0;
        dead_letter about = a_dead_letter(has_entry ? open_[random_() % open_.size()] : 0);
        about.id = journal_->dead(about);
        last_dead_letter_ = std::stoull(about.id);
        letters_.push_back(about.id);
        model_.dead(about);
    }

    void drop()
    {
        if (letters_.empty())
            return;
        const std::string id = letters_[random_() % letters_.size()];
        BOOST_TEST(journal_->kept().drop(id) == model_.dead_letters.contains(id));
        model_.drop(id);
    }

    // Every session ends, whatever it is about.
    void cut_off()
    {
        place_.server.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                          "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
    }

    void kill()
    {
        place_.server.kill();
        place_.server.start();
    }

    void restart_journal()
    {
        journal_.reset();
        journal_.emplace(place_.options());
        compare();
    }

    void compare()
    {
        BOOST_REQUIRE(journal_->flush());
        for (std::future<commit>& each : waited_)
            BOOST_TEST((each.get() == commit::kept));
        waited_.clear();
        for (std::future<commit>& each : repeated_)
            BOOST_TEST((each.get() == commit::repeated));
        repeated_.clear();
        const journal_model found = read_model(*journal_, entries_, keys_, last_dead_letter_ + 1);
        const std::string wrong = found == model_ ? "" : difference(found, model_);
        BOOST_TEST(wrong == "");
    }

    std::mt19937_64 random_;
    shared_database place_;
    std::optional<postgres_journal> journal_;
    journal_model model_;
    std::map<entry_number, packet_id> entries_;
    std::set<std::string> keys_;
    std::vector<entry_number> open_;
    std::vector<std::string> letters_;
    std::vector<std::future<commit>> waited_;
    std::vector<std::future<commit>> repeated_; // with a key that is in use
    std::uint64_t last_dead_letter_ = 0;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_journal_whose_database_comes_and_goes_holds_what_its_model_holds)
{
    const std::uint64_t seed = setting("PENSTOCK_SEED", 1);
    BOOST_TEST_MESSAGE("PENSTOCK_SEED=" << seed);
    trial(seed).run(setting("PENSTOCK_OUTAGES", 6));
}

BOOST_AUTO_TEST_SUITE_END()
