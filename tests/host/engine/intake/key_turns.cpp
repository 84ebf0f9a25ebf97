// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/intake/key_turns.hpp"

#include "tests/host/journal/passing_journal.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(turns_of_keys)

using namespace penstock::host;

namespace
{

/// A journal whose turns a test gives out: by number, and those whose turn it is.
class turning_journal : public tests::passing_journal
{
public:
    [[nodiscard]] bool is_shared() const noexcept override { return true; }

    [[nodiscard]] std::vector<key_turn> turns(const std::vector<entry_number>& numbers) override
    {
        std::lock_guard lock(mutex_);
        if (is_away_)
            throw journal_error("away");
        std::vector<key_turn> found;
        for (const entry_number each : numbers)
            if (const auto turn = turns_.find(each); turn != turns_.end())
                found.push_back({each, turn->second, !waiting_.contains(each)});
        return found;
    }

    void give(entry_number number, std::int64_t turn)
    {
        std::lock_guard lock(mutex_);
        turns_[number] = turn;
    }
    void forget(entry_number number)
    {
        std::lock_guard lock(mutex_);
        turns_.erase(number);
    }
    void wait(const std::set<entry_number>& numbers)
    {
        std::lock_guard lock(mutex_);
        waiting_ = numbers;
    }
    void set_away(bool is_away)
    {
        std::lock_guard lock(mutex_);
        is_away_ = is_away;
    }

private:
    std::mutex mutex_;
    std::map<entry_number, std::int64_t> turns_;
    std::set<entry_number> waiting_;
    bool is_away_ = false;
};

/// Notes what it is given, in order.
class noting_owner final : public turn_owner
{
public:
    bool go(std::unique_ptr<entry>& pending) override
    {
        std::lock_guard lock(mutex_);
        if (!works_)
            return false;
        const std::unique_ptr<entry> taken = std::move(pending);
        gone_.push_back(taken->receipt->number());
        changed_.notify_all();
        return true;
    }
    void leave(const entry& pending) override
    {
        std::lock_guard lock(mutex_);
        left_.push_back(pending.receipt->number());
        changed_.notify_all();
    }
    bool take_back(left_entry left, bool is_known) override
    {
        std::lock_guard lock(mutex_);
        ++asked_back_;
        changed_.notify_all();
        if (!works_)
            return false;
        known_ += is_known ? 1 : 0;
        gone_.push_back(left.number);
        return true;
    }
    void all_gone_on() override
    {
        std::lock_guard lock(mutex_);
        is_all_told_ = true;
        changed_.notify_all();
    }
    void turns_failed(std::string_view) noexcept override
    {
        std::lock_guard lock(mutex_);
        ++failures_;
        changed_.notify_all();
    }
    void turns_stand_still(std::size_t keys) noexcept override
    {
        std::lock_guard lock(mutex_);
        standing_ += keys;
        changed_.notify_all();
    }

    void set_works(bool works)
    {
        std::lock_guard lock(mutex_);
        works_ = works;
    }

    [[nodiscard]] std::vector<entry_number> gone(std::size_t count)
    {
        return wait_for(gone_, count);
    }
    [[nodiscard]] std::vector<entry_number> left(std::size_t count)
    {
        return wait_for(left_, count);
    }
    void wait_for_failure()
    {
        std::unique_lock lock(mutex_);
        wait(lock, [this] { return failures_ > 0; });
    }
    void wait_until_asked_back()
    {
        std::unique_lock lock(mutex_);
        wait(lock, [this, before = asked_back_] { return asked_back_ > before; });
    }
    void wait_until_all_have_gone_on()
    {
        std::unique_lock lock(mutex_);
        wait(lock, [this] { return is_all_told_; });
    }
    [[nodiscard]] std::size_t known()
    {
        std::lock_guard lock(mutex_);
        return known_;
    }
    [[nodiscard]] std::size_t standing(std::size_t least)
    {
        std::unique_lock lock(mutex_);
        wait(lock, [&] { return standing_ >= least; });
        return standing_;
    }

private:
    template <class Condition>
    void wait(std::unique_lock<std::mutex>& lock, Condition holds)
    {
        BOOST_TEST_REQUIRE(changed_.wait_for(lock, std::chrono::seconds(20), holds));
    }
    std::vector<entry_number> wait_for(const std::vector<entry_number>& what, std::size_t count)
    {
        std::unique_lock lock(mutex_);
        wait(lock, [&] { return what.size() >= count; });
        return what;
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<entry_number> gone_;
    std::vector<entry_number> left_;
    std::size_t failures_ = 0;
    std::size_t asked_back_ = 0;
    std::size_t known_ = 0; ///< of what was taken back
    std::size_t standing_ = 0;
    bool works_ = true;
    bool is_all_told_ = false;
};

std::unique_ptr<entry> an_entry(entry_number number, const std::string& key)
{
    auto made = std::make_unique<entry>();
    made->key = key;
    made->receipt = std::make_shared<receipt>(issue{number, {}}, "g");
    return made;
}

using numbers = std::vector<entry_number>;

numbers numbers_of(const std::vector<left_entry>& all)
{
    numbers found;
    for (const left_entry& each : all)
        found.push_back(each.number);
    return found;
}

struct setting
{
    turning_journal journal;
    noting_owner owner;
    key_turns turns{journal, owner, std::chrono::milliseconds(20)};

    void enter(entry_number number, const std::string& key, std::int64_t turn)
    {
        journal.give(number, turn);
        turns.enter(an_entry(number, key));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(concern_entries_of_a_key_in_a_shared_journal)
{
    setting of;
    BOOST_TEST(of.turns.concern(*an_entry(1, "key")));
    BOOST_TEST(!of.turns.concern(*an_entry(1, "")));
    memory_journal of_one_host;
    const key_turns none(of_one_host, of.owner);
    BOOST_TEST(!none.concern(*an_entry(1, "key")));
}

BOOST_AUTO_TEST_CASE(let_an_entry_go_that_waits_for_none_elsewhere)
{
    setting of;
    of.enter(1, "key", 10);
    of.enter(2, "key", 11);
    BOOST_TEST(of.owner.gone(2) == (numbers{1, 2}));
}

BOOST_AUTO_TEST_CASE(keep_an_entry_until_earlier_ones_elsewhere_are_done)
{
    setting of;
    of.journal.wait({1});
    of.enter(1, "key", 10);
    BOOST_TEST(of.owner.left(1) == numbers{1});
    of.enter(2, "key", 11); // the journal knows of none elsewhere before this one
    of.enter(3, "another", 12);
    BOOST_TEST(of.owner.left(2) == (numbers{1, 2}));
    BOOST_TEST(of.owner.gone(1) == numbers{3});
    BOOST_TEST(numbers_of(of.turns.left()) == (numbers{1, 2}));
    BOOST_TEST(!of.turns.is_empty());
    of.journal.wait({});
    BOOST_TEST(of.owner.gone(3) == (numbers{3, 1, 2}));
    of.owner.wait_until_all_have_gone_on();
    BOOST_TEST(of.turns.is_empty());
}

BOOST_AUTO_TEST_CASE(let_an_earlier_one_that_was_taken_over_pass)
{
    setting of;
    of.journal.wait({1});
    of.enter(1, "key", 10);
    BOOST_TEST(of.owner.left(1) == numbers{1});
    of.enter(2, "key", 9);
    BOOST_TEST(of.owner.gone(1) == numbers{2});
    of.enter(3, "key", 11);
    BOOST_TEST(of.owner.left(2) == (numbers{1, 3}));
    of.journal.wait({});
    BOOST_TEST(of.owner.gone(3) == (numbers{2, 1, 3}));
}

BOOST_AUTO_TEST_CASE(come_to_each_of_many_keys)
{
    setting of;
    std::set<entry_number> all;
    for (entry_number each = 1; each <= 5'000; ++each)
        all.insert(each);
    of.journal.wait(all);
    for (const entry_number each : all)
        of.enter(each, std::to_string(each), static_cast<std::int64_t>(each));
    BOOST_TEST(of.owner.left(all.size()).size() == all.size());
    all.erase(4'999);
    of.journal.wait(all);
    BOOST_TEST(of.owner.gone(1) == numbers{4'999});
    of.journal.wait({});
    numbers gone = of.owner.gone(5'000);
    std::ranges::sort(gone);
    BOOST_TEST((std::ranges::adjacent_find(gone) == gone.end()));
}

BOOST_AUTO_TEST_CASE(keep_an_entry_that_cannot_be_processed_now)
{
    setting of;
    of.journal.wait({1});
    of.enter(1, "key", 10);
    BOOST_TEST(of.owner.left(1) == numbers{1});
    of.owner.set_works(false);
    of.journal.wait({});
    of.owner.wait_until_asked_back();
    of.enter(2, "key", 11);
    BOOST_TEST(of.owner.left(2) == (numbers{1, 2}));
    of.owner.set_works(true);
    BOOST_TEST(of.owner.gone(2) == (numbers{1, 2}));
}

BOOST_AUTO_TEST_CASE(keep_an_entry_that_is_next_while_nothing_is_processed)
{
    setting of;
    of.owner.set_works(false);
    of.enter(1, "key", 10);
    BOOST_TEST(of.owner.left(1) == numbers{1});
    of.owner.set_works(true);
    BOOST_TEST(of.owner.gone(1) == numbers{1});
}

BOOST_AUTO_TEST_CASE(let_an_entry_go_that_the_journal_knows_no_more)
{
    setting of;
    of.journal.wait({1});
    of.enter(1, "key", 10);
    of.enter(2, "key", 11);
    BOOST_TEST(of.owner.left(2) == (numbers{1, 2}));
    of.journal.forget(1);
    BOOST_TEST(of.owner.gone(2) == (numbers{1, 2}));
    BOOST_TEST(of.owner.known() == 1U);
}

BOOST_AUTO_TEST_CASE(tell_once_of_a_key_that_waits_for_long_for_another_host)
{
    setting of;
    of.owner.set_works(false);
    of.enter(1, "key", 10); // waits, but for no other host
    BOOST_TEST(of.owner.left(1) == numbers{1});
    of.owner.wait_until_asked_back();
    of.journal.wait({2, 3, 4});
    of.enter(2, "another", 11);
    of.enter(3, "another", 12);
    of.enter(4, "third", 13);
    BOOST_TEST(of.owner.standing(2) == 2U);
    of.owner.wait_until_asked_back();
    BOOST_TEST(of.owner.standing(0) == 2U);
}

BOOST_AUTO_TEST_CASE(ask_again_what_the_journal_has_not_answered)
{
    setting of;
    of.journal.set_away(true);
    of.enter(1, "key", 10);
    of.enter(2, "key", 11);
    of.owner.wait_for_failure();
    of.journal.set_away(false);
    BOOST_TEST(of.owner.gone(2) == (numbers{1, 2}));
}

BOOST_AUTO_TEST_CASE(give_up_what_waits)
{
    setting of;
    of.journal.wait({1});
    of.enter(1, "key", 10);
    BOOST_TEST(of.owner.left(1) == numbers{1});
    of.journal.set_away(true);
    of.enter(2, "another", 11);
    BOOST_TEST(numbers_of(of.turns.left()) == numbers{1});
    of.turns.drop(1);
    BOOST_TEST(of.turns.left().empty());
    of.owner.wait_for_failure();
    const auto arrived = of.turns.take_arrived();
    BOOST_TEST_REQUIRE(arrived.size() == 1U);
    BOOST_TEST(arrived.front()->receipt->number() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
