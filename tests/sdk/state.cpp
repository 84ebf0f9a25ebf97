// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/sdk.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>

using namespace penstock;

namespace
{

/// Counts what came in all its lives.
class count_all final : public component
{
public:
    state count{*this, 0};

private:
    input in{*this, "in"};
    parameter<bool> early{*this, "early", false, "Whether it asks too early."};
    parameter<bool> away{*this, "elsewhere", false, "Whether it asks on another thread."};

    void start() override
    {
        if (*early)
            count.save();
    }

    void run() override
    {
        while (auto packet = in.receive())
        {
            *count = count->as_int64() + 1;
            if (*away)
                blocking([this] { count.save(); });
            count.save();
            deliver(std::move(*packet));
        }
    }
};

class count_by_key final : public component
{
    input in{*this, "in"};
    keyed_state count{*this, 0};

    void run() override
    {
        while (auto packet = in.receive())
        {
            count.of(*packet) = count.of(*packet).as_int64() + 1;
            count.save(*packet);
            deliver(std::move(*packet));
        }
    }
};

/// Sends on what it is lent, and saves before or after that.
class count_lent final : public component
{
    state count{*this, 0};
    input in{*this, "in"};
    output out{*this, "out"};
    parameter<bool> early{*this, "early", false, "Whether it saves while some are lent."};

    void run() override
    {
        for (auto some = in.receive_span(64); !some.empty(); some = in.receive_span(64))
        {
            *count = count->as_int64() + static_cast<std::int64_t>(some.size());
            if (*early)
                count.save();
            out.send(some);
            count.save();
        }
    }
};

class whereabouts final : public component
{
    input in{*this, "in"};

    void start() override { log(severity::information, data_directory()); }
    void run() override {}
};

std::string refusal(const json::object& parameters)
{
    try
    {
        (void)testing::run<count_all>(parameters, testing::packets(packet()));
        return {};
    }
    catch (const std::logic_error& error)
    {
        return error.what();
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(state_of_a_component)

BOOST_AUTO_TEST_CASE(begins_anew_in_each_run)
{
    BOOST_TEST(testing::run<count_all>({}, testing::packets(packet(), packet())).state == 2);
    BOOST_TEST(testing::run<count_all>({}, testing::packets(packet())).state == 1);
    BOOST_TEST(testing::run<count_all>({}, testing::packets()).state.is_null());
}

BOOST_AUTO_TEST_CASE(goes_on_in_a_data_directory)
{
    testing::data_directory kept;
    kept.state = 40;
    BOOST_TEST(testing::run<count_all>({}, testing::packets(packet(), packet())).state == 42);
    BOOST_TEST(kept.state.value() == 42);
}

BOOST_AUTO_TEST_CASE(is_saved_when_all_packets_lent_were_moved_and_no_earlier)
{
    const auto counted = testing::run<count_lent>({}, testing::packets(packet(), packet()));
    BOOST_TEST(counted.state == 2);
    BOOST_CHECK_THROW((void)testing::run<count_lent>({{"early", true}}, testing::packets(packet())),
                      std::logic_error);
}

BOOST_AUTO_TEST_CASE(is_not_there_before_run)
{
    BOOST_TEST(refusal({{"early", true}}) ==
               "state: saved before run(); a running component was expected");
    count_all fresh;
    BOOST_CHECK_THROW(static_cast<void>(*fresh.count), std::logic_error);
}

BOOST_AUTO_TEST_CASE(is_not_there_on_another_thread)
{
    BOOST_TEST(refusal({{"elsewhere", true}}) ==
               "state: saved from outside of its component's own fiber; a call from run() was "
               "expected");
}

BOOST_AUTO_TEST_CASE(is_the_only_one_of_its_component)
{
    count_all has_one;
    BOOST_CHECK_EXCEPTION(state another(has_one), std::invalid_argument,
                          [](const std::invalid_argument& error)
                          {
                              return std::string(error.what()) ==
                                     "state: is a second one of its component; one was expected";
                          });
}

BOOST_AUTO_TEST_CASE(by_key_has_one_key_in_a_test)
{
    BOOST_TEST(testing::run<count_by_key>({}, testing::packets(packet(), packet())).state == 2);
    BOOST_TEST(describe(count_by_key()).keeps_state_by_key);
    BOOST_TEST(!describe(count_by_key()).keeps_state);
}

BOOST_AUTO_TEST_CASE(is_told_in_the_description)
{
    BOOST_TEST(describe(count_all()).keeps_state);
    BOOST_TEST(!describe(whereabouts()).keeps_state);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_data_directory)

BOOST_AUTO_TEST_CASE(is_told_from_start_on)
{
    const testing::data_directory given("/some/where");
    BOOST_TEST(testing::run<whereabouts>().log == std::vector<std::string>{"/some/where"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(is_an_error_where_there_is_none)
{
    BOOST_CHECK_THROW(static_cast<void>(testing::run<whereabouts>()), std::runtime_error);
    BOOST_CHECK_THROW(static_cast<void>(data_directory()), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()
