// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/sdk.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace penstock;

namespace
{

/// Counts up to `end`, from its checkpoint; for ever if `end` is 0.
class count_up final : public source
{
    parameter<std::int64_t> end{*this, "end", 3, "Where it ends; 0: nowhere."};
    parameter<std::int64_t> at_once{*this, "at_once", 1, "How many a read makes."};
    parameter<bool> away{*this, "away", false, "Whether the upstream is."};
    output odd{*this, "odd"};
    state next{*this, 0};
    std::int64_t next_ = 0;

    void connect() override
    {
        if (*away)
            throw std::runtime_error("nobody is there");
        next_ = next->as_int64();
    }

    bool read() override
    {
        for (std::int64_t i = 0; i < *at_once && (next_ < *end || *end == 0); ++i, ++next_)
        {
            if (*end == 0 && next_ == 10)
                return true; // nothing for now
            packet made({{"n", next_}});
            if (next_ % 2 == 1)
                emit(next_, std::move(made), odd);
            else
                emit(next_, std::move(made));
        }
        return *end == 0 || next_ < *end;
    }

    void acknowledge(const std::vector<json::value>& positions) override
    {
        next->emplace_int64() = positions.back().as_int64() + 1;
        next.save();
        log(severity::debug, "heard of " + std::to_string(positions.size()));
    }
};

/// Finds three, of which the one in the middle is none.
class picky final : public source
{
    int next_ = 0;
    bool read() override
    {
        packet made({{"n", next_}});
        if (next_ == 1)
            refuse(next_, std::move(made), "is odd; an even number was expected");
        else
            emit(next_, std::move(made));
        return ++next_ < 3;
    }
};

class forgetful final : public source
{
    int reads_ = 0;
    bool read() override
    {
        emit(reads_, packet());
        return ++reads_ < 5;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(source_base)

BOOST_AUTO_TEST_CASE(has_an_output_a_parameter_and_no_input)
{
    const component_description has = describe(count_up());
    BOOST_TEST(has.is_source());
    BOOST_TEST(has.acknowledges);
    BOOST_TEST(has.keeps_state);
    BOOST_TEST_REQUIRE(has.outputs.size() == 2U);
    BOOST_TEST(has.outputs[0].name == "out");
    BOOST_TEST(has.parameters[0].name == "in_flight");
}

BOOST_AUTO_TEST_CASE(acknowledges_in_a_test_what_it_emitted)
{
    auto result = testing::run<count_up>({{"end", 5}});
    BOOST_TEST(result.out().size() == 3U);
    BOOST_TEST(result.sent["odd"].size() == 2U);
    BOOST_TEST(json::value(json::array(result.acknowledged.begin(), result.acknowledged.end())) ==
               json::value({0, 1, 2, 3, 4}));
    BOOST_TEST(result.state == 5);
}

BOOST_AUTO_TEST_CASE(need_not_hear_of_acknowledgements)
{
    auto result = testing::run<forgetful>();
    BOOST_TEST(result.out().size() == 5U);
    BOOST_TEST(result.acknowledged.size() == 5U);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_packet_and_acknowledges_it_in_order)
{
    auto result = testing::run<picky>();
    BOOST_TEST(result.out().size() == 2U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "is odd; an even number was expected");
    BOOST_TEST(result.failed[0].first.get("n") == 1);
    BOOST_TEST((result.failed[0].first.id() != packet_id()));
    BOOST_TEST(json::value(json::array(result.acknowledged.begin(), result.acknowledged.end())) ==
               json::value({0, 1, 2}));
}

BOOST_AUTO_TEST_CASE(hears_of_several_at_once)
{
    auto result = testing::run<count_up>({{"end", 8}, {"at_once", 4}});
    BOOST_TEST(result.log == (std::vector<std::string>{"heard of 4", "heard of 4"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(has_no_more_in_flight_than_it_may)
{
    auto result = testing::run<count_up>({{"end", 8}, {"at_once", 8}, {"in_flight", 2}});
    BOOST_TEST(result.acknowledged.size() == 8U);
    BOOST_TEST(result.log == (std::vector<std::string>(4, "heard of 2")),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(that_has_no_end_is_over_in_a_test_when_it_finds_nothing)
{
    auto result = testing::run<count_up>({{"end", 0}});
    BOOST_TEST(result.acknowledged.size() == 10U);
    BOOST_TEST(result.state == 10);
}

BOOST_AUTO_TEST_CASE(begins_at_its_checkpoint)
{
    testing::data_directory kept;
    BOOST_TEST(testing::run<count_up>({{"end", 4}}).acknowledged.size() == 4U);
    auto result = testing::run<count_up>({{"end", 6}});
    BOOST_TEST_REQUIRE(result.acknowledged.size() == 2U);
    BOOST_TEST(result.acknowledged[0] == 4);
    BOOST_TEST(kept.state.value() == 6);
}

BOOST_AUTO_TEST_CASE(gives_a_position_the_same_id_each_time)
{
    auto first = testing::run<count_up>();
    auto second = testing::run<count_up>();
    BOOST_TEST((first.out()[0].id() == second.out()[0].id()));
    BOOST_TEST((first.out()[0].id() != first.out()[1].id()));
}

BOOST_AUTO_TEST_CASE(whose_upstream_is_away_says_so_in_a_test)
{
    BOOST_CHECK_EXCEPTION(static_cast<void>(testing::run<count_up>({{"away", true}})), unavailable,
                          [](const unavailable& error)
                          { return error.what() == std::string("nobody is there"); });
}

BOOST_AUTO_TEST_SUITE_END()
