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
    void go(std::unique_ptr<entry> pending) override { note(gone_, pending->receipt->number()); }
    void leave(const entry& pending) override { note(left_, pending.receipt->number()); }
    bool take_back(entry_number left) override
    {
        std::unique_lock lock(mutex_);
        ++asked_back_;
        changed_.notify_all();
        if (!has_room_)
            return false;
        gone_.push_back(left);
        return true;
    }
    void turns_failed(std::string_view) noexcept override
    {
        std::lock_guard lock(mutex_);
        ++failures_;
        changed_.notify_all();
    }

    void turns_stand_still(std::size_t) noexcept override {}

    void set_room(bool has_room)
    {
        std::lock_guard lock(mutex_);
        has_room_ = has_room;
    }

    [[nodiscard]] std::vector<entry_number> gone(std::size_t count)
    {
        return wait_for([&] { return gone_.size() >= count; }), copy_of(gone_);
    }
    [[nodiscard]] std::vector<entry_number> left(std::size_t count)
    {
        return wait_for([&] { return left_.size() >= count; }), copy_of(left_);
    }
    void wait_for_failure()
    {
        wait_for([&] { return failures_ > 0; });
    }
    void wait_until_asked_back()
    {
        wait_for([&, before = asked_back_] { return asked_back_ > before; });
    }

private:
    template <class Condition>
    void wait_for(Condition holds)
    {
        std::unique_lock lock(mutex_);
        BOOST_TEST_REQUIRE(changed_.wait_for(lock, std::chrono::seconds(20), holds));
    }
    std::vector<entry_number> copy_of(const std::vector<entry_number>& what)
    {
        std::lock_guard lock(mutex_);
        return what;
    }
    void note(std::vector<entry_number>& where, entry_number what)
    {
        std::lock_guard lock(mutex_);
        where.push_back(what);
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<entry_number> gone_;
    std::vector<entry_number> left_;
    std::size_t failures_ = 0;
    std::size_t asked_back_ = 0;
    bool has_room_ = true;
};

std::unique_ptr<entry> an_entry(entry_number number, const std::string& key)
{
    auto made = std::make_unique<entry>();
    made->key = key;
    made->receipt = std::make_shared<receipt>(issue{number, {}}, "g");
    return made;
}

using numbers = std::vector<entry_number>;

struct setting
{
    turning_journal journal;
    noting_owner owner;
    key_turns turns{journal, owner};

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
    BOOST_TEST(of.turns.left() == (numbers{1, 2}));
    of.journal.wait({});
    BOOST_TEST(of.owner.gone(3) == (numbers{3, 1, 2}));
    BOOST_TEST(of.turns.left().empty());
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

BOOST_AUTO_TEST_CASE(keep_an_entry_for_which_there_is_no_room)
{
    setting of;
    of.journal.wait({1});
    of.enter(1, "key", 10);
    BOOST_TEST(of.owner.left(1) == numbers{1});
    of.owner.set_room(false);
    of.journal.wait({});
    of.owner.wait_until_asked_back();
    of.enter(2, "key", 11);
    BOOST_TEST(of.owner.left(2) == (numbers{1, 2}));
    of.owner.set_room(true);
    BOOST_TEST(of.owner.gone(2) == (numbers{1, 2}));
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
    BOOST_TEST(of.turns.left() == numbers{1});
    of.turns.drop(1);
    BOOST_TEST(of.turns.left().empty());
    of.owner.wait_for_failure();
    const auto arrived = of.turns.take_arrived();
    BOOST_TEST_REQUIRE(arrived.size() == 1U);
    BOOST_TEST(arrived.front()->receipt->number() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
