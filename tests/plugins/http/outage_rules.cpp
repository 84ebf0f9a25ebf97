// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "outage_rules.hpp"
#include "run_entry.hpp"

#include <penstock/component.hpp>

#include <boost/test/unit_test.hpp>

#include <initializer_list>
#include <utility>
#include <vector>

namespace
{

namespace json = penstock::json;
using http_package::named_part;
using http_package::verdict;

/// A component that judges for packets whose ids begin with a number.
class judge final : public penstock::component
{
public:
    judge(named_part named, json::object parameters, bool logs_in = false)
    {
        (void)penstock::testing::run(*this, parameters, {});
        rules_.start(logs_in, named);
    }

    verdict answer(unsigned status, unsigned char packet = 1)
    {
        return rules_.of_answer(status, id(packet));
    }

    verdict silence(unsigned char packet = 1) { return rules_.of_no_answer(id(packet)); }

    [[nodiscard]] verdict absence() const { return rules_.of_no_connection(); }

private:
    static penstock::packet_id id(unsigned char number) { return {.high = number, .low = 0}; }

    void run() override {}

    http_package::outage_rules rules_{*this};
};

using verdicts = std::vector<verdict>;

} // namespace

BOOST_TEST_DONT_PRINT_LOG_VALUE(http_package::verdict)

BOOST_AUTO_TEST_SUITE(http_outage_rules)

BOOST_AUTO_TEST_CASE(the_one_url_of_a_graph_is_waited_for_for_ever)
{
    judge rules(named_part::nothing, {{"patience", 1}});
    for (int n = 0; n < 100; ++n)
    {
        BOOST_TEST(rules.silence() == verdict::waits);
        BOOST_TEST(rules.absence() == verdict::waits);
        for (const unsigned status : {301U, 401U, 403U, 429U, 500U, 501U, 503U, 511U})
            BOOST_TEST(rules.answer(status) == verdict::waits, status);
    }
    for (const unsigned status : {400U, 404U, 413U, 422U})
        BOOST_TEST(rules.answer(status) == verdict::fails, status);
}

BOOST_AUTO_TEST_CASE(a_packet_that_names_an_address_waits_as_often_as_patience_says)
{
    judge rules(named_part::address, {{"patience", 3}});
    for (int round = 0; round < 2; ++round)
    {
        BOOST_TEST(rules.silence() == verdict::waits);
        BOOST_TEST(rules.answer(500) == verdict::waits);
        BOOST_TEST(rules.answer(503) == verdict::waits); // counts nothing
        BOOST_TEST(rules.absence() == verdict::waits);
        BOOST_TEST(rules.silence() == verdict::fails);
    }
}

BOOST_AUTO_TEST_CASE(patience_counts_anew_for_another_packet)
{
    judge rules(named_part::address, {{"patience", 3}});
    for (const unsigned char packet : {1, 1, 2, 2, 1, 1})
        BOOST_TEST(rules.answer(500, packet) == verdict::waits);
    BOOST_TEST(rules.answer(500, 1) == verdict::fails);
    BOOST_TEST(rules.answer(500, 2) == verdict::waits);
}

BOOST_AUTO_TEST_CASE(patience_of_0_has_no_end)
{
    judge rules(named_part::address, {{"patience", 0}});
    for (int n = 0; n < 100; ++n)
        BOOST_TEST(rules.answer(500) == verdict::waits);
}

BOOST_AUTO_TEST_CASE(a_packet_that_names_the_host_is_left_to_the_retry_of_its_node)
{
    judge rules(named_part::host, {{"patience", 1}});
    BOOST_TEST(rules.silence() == verdict::retries);
    BOOST_TEST(rules.absence() == verdict::retries);
    for (const unsigned status : {408U, 429U, 500U, 503U})
        BOOST_TEST(rules.answer(status) == verdict::retries, status);
    for (const unsigned status : {302U, 401U, 403U, 404U, 501U})
        BOOST_TEST(rules.answer(status) == verdict::fails, status);
}

BOOST_AUTO_TEST_CASE(credentials_that_are_refused_are_no_fault_of_a_packet)
{
    judge rules(named_part::address, {}, true);
    BOOST_TEST(rules.answer(401) == verdict::waits);
    BOOST_TEST(rules.answer(403) == verdict::fails);
}

BOOST_AUTO_TEST_CASE(refusals_fail_their_packet_wherever_it_goes)
{
    for (const named_part named : {named_part::nothing, named_part::address, named_part::host})
    {
        judge rules(named, {{"refusals", json::array{500, 503}}});
        BOOST_TEST(rules.answer(500) == verdict::fails);
        BOOST_TEST(rules.answer(503) == verdict::fails);
        BOOST_TEST(rules.answer(502) != verdict::fails);
    }
}

BOOST_AUTO_TEST_SUITE_END()
