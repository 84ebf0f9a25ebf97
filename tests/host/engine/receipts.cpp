// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/receipts.hpp"

#include "tests/host/journal/passing_journal.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <memory>
#include <optional>

BOOST_AUTO_TEST_SUITE(receipts_of_requests)

using namespace penstock;
using namespace penstock::host;

namespace
{

// What a journal keeps; calls something after each look at what is pending.
class changing_queries final : public tests::passing_queries
{
public:
    using passing_queries::passing_queries;
    using passing_queries::pending;

    std::function<void()> after_pending;

    std::optional<journal_entry> pending(packet_id id) override
    {
        auto found = passing_queries::pending(id);
        after_pending();
        return found;
    }
};

class changing_journal final : public tests::passing_journal
{
public:
    changing_queries& kept() noexcept override { return queries_; }

private:
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

BOOST_AUTO_TEST_CASE(that_are_read_back_tell_what_is_replicated)
{
    tests::passing_journal journal;
    for (const bool replicated : {false, true})
    {
        receipt_result result;
        result.delivered = 1;
        result.failed = 1;
        result.replicated = replicated ? 2 : 1;
        receipt made(journal.number(), "g");
        made.finish(result);
        const receipt read(to_kept(made));
        BOOST_TEST(read.result().replicated == result.replicated);
        BOOST_TEST(read.result().is_replicated() == replicated);
    }
}

BOOST_AUTO_TEST_CASE(that_nobody_knows_are_not_found)
{
    changing_journal journal;
    journal.kept().after_pending = [] {};
    BOOST_TEST((receipts(journal).find(journal.number().id) == nullptr));
    BOOST_TEST(!parse_receipt_id("no id").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
