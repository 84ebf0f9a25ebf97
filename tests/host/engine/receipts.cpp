// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/receipts.hpp"

#include "host/journal/memory_journal.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(receipts_of_requests)

using namespace penstock;
using namespace penstock::host;

namespace
{

// What a journal keeps; calls something after each look at what is pending.
class changing_queries final : public journal_queries
{
public:
    explicit changing_queries(journal_queries& all) : all_(all) {}

    std::function<void()> after_pending;

    std::optional<kept_receipt> receipt(packet_id id) override { return all_.receipt(id); }
    std::optional<journal_entry> pending(packet_id id) override
    {
        auto found = all_.pending(id);
        after_pending();
        return found;
    }
    std::optional<used_key> key(std::string_view key) override { return all_.key(key); }
    std::vector<pending_of_graph> pending() override { return all_.pending(); }
    std::vector<dead_letter> dead_letters(const dead_letter_filter& which,
                                          const dead_letter_limits& limits,
                                          std::string_view before) override
    {
        return all_.dead_letters(which, limits, before);
    }
    std::optional<dead_letter> find_dead_letter(std::string_view id) override
    {
        return all_.find_dead_letter(id);
    }
    std::optional<journal_entry> original(std::string_view id) override
    {
        return all_.original(id);
    }
    bool drop(std::string_view id) override { return all_.drop(id); }
    dead_letter_count count_dead_letters() override { return all_.count_dead_letters(); }
    std::shared_ptr<dead_letter_usage> usage_of(std::string_view graph) override
    {
        return all_.usage_of(graph);
    }
    void suspect(const blame& what) override { all_.suspect(what); }
    std::vector<blame> blames() override { return all_.blames(); }
    void clear_suspects(std::string_view graph) override { all_.clear_suspects(graph); }

private:
    journal_queries& all_;
};

class changing_journal final : public journal
{
public:
    void append(journal_entry what, std::unique_ptr<append_waiter> waiter) override
    {
        in_memory_.append(std::move(what), std::move(waiter));
    }
    issue number() override { return in_memory_.number(); }
    std::vector<journal_entry> next(std::string_view graph, entry_number after,
                                    read_limits limits) override
    {
        return in_memory_.next(graph, after, limits);
    }
    void done(finished_entry entry) override { in_memory_.done(std::move(entry)); }
    std::string dead(dead_letter what) override { return in_memory_.dead(std::move(what)); }
    bool flush() override { return in_memory_.flush(); }
    journal_trouble trouble() const override { return in_memory_.trouble(); }
    std::string_view durability() const noexcept override { return "durable"; }
    changing_queries& kept() noexcept override { return queries_; }

private:
    memory_journal in_memory_;
    changing_queries queries_{in_memory_.kept()};
};

} // namespace

BOOST_AUTO_TEST_CASE(are_found_though_they_come_and_end_between_two_looks)
{
    changing_journal journal;
    receipts all(journal);
    const issue given = journal.number();
    journal.kept().after_pending = [&]
    {
        const auto made = all.open(given, "g");
        made->finish({});
        journal.done({given.number, false, to_kept(*made)});
        all.forget(given.id);
    };
    const auto found = all.find(given.id);
    BOOST_TEST_REQUIRE(found != nullptr);
    BOOST_TEST(found->is_done());
    BOOST_TEST(found->graph() == "g");
}

BOOST_AUTO_TEST_CASE(that_nobody_knows_are_not_found)
{
    changing_journal journal;
    journal.kept().after_pending = [] {};
    BOOST_TEST((receipts(journal).find(journal.number().id) == nullptr));
    BOOST_TEST((receipts(journal).find("no id") == nullptr));
}

BOOST_AUTO_TEST_SUITE_END()
