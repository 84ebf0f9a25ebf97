// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Packets that a port lends where they stand.
#include "scripted_runtime.hpp"

#include <penstock/sdk.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <initializer_list>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(lent_packets)

using penstock::detail::arrival;
using penstock::detail::packet_access;

namespace
{

struct sample : penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};

    void run() override {}
};

using connected = connected_component<sample>;

template <class Packets>
constexpr bool can_send = requires(penstock::output& out, Packets packets)
{
    out.send(std::forward<Packets>(packets));
};

/// Sends on every other packet of what is lent, and says nothing of the rest.
struct forgetful final : penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};

    void run() override
    {
        for (auto some = in.receive_span(64); !some.empty(); some = in.receive_span(64))
            for (std::size_t i = 0; i < some.size(); i += 2)
                out.send(std::move(some[i]));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(are_those_that_stand_in_a_row_up_to_the_count)
{
    connected c;
    c.runtime.then(numbered(1, 3), numbered(4, 4), arrival::closed);
    BOOST_TEST(numbers(c.in.receive_span(2)) == "1 2");
    const std::span<penstock::packet> third = c.in.receive_span(2);
    BOOST_TEST(numbers(third) == "3");
    BOOST_TEST(packet_access::receive(third.front()) == 3U);
    BOOST_TEST(c.runtime.waits.size() == 1U);
    BOOST_TEST(numbers(c.in.receive_span(0)) == "4"); // at least one
    BOOST_TEST((c.runtime.waits[1].purpose == penstock::detail::purpose::batch_begin));
    BOOST_TEST(c.in.receive_span(2).empty());
}

BOOST_AUTO_TEST_CASE(go_on_from_where_they_are_without_those_that_were_taken)
{
    connected c;
    c.runtime.then(numbered(1, 5));
    c.runtime.room = 3;
    const std::span<penstock::packet> some = c.in.receive_span(5);
    const penstock::packet first = std::move(some[0]);
    const penstock::packet third = std::move(some[2]);
    c.out.send(some);
    BOOST_TEST(numbers(c.runtime.collect()) == "2 4 5");
    BOOST_TEST(c.runtime.rooms == 1);
    for (const penstock::packet& each : some)
        BOOST_TEST(packet_access::is_none(each));
}

BOOST_AUTO_TEST_CASE(are_no_batch_which_is_moved_where_it_is_sent)
{
    BOOST_TEST(can_send<std::span<penstock::packet>&>);
    BOOST_TEST(can_send<penstock::batch>);
    BOOST_TEST(!can_send<penstock::batch&>);
    BOOST_TEST(!can_send<const penstock::batch&>);
}

BOOST_AUTO_TEST_CASE(are_still_there_when_sending_them_throws)
{
    connected c;
    c.runtime.then(numbered(1, 2));
    const std::span<penstock::packet> some = c.in.receive_span(2);
    penstock::detail::set_current(nullptr);
    BOOST_CHECK_THROW(c.out.send(some), std::logic_error);
    penstock::detail::set_current(&c.runtime);
    BOOST_TEST(numbers(some) == "1 2");
}

BOOST_AUTO_TEST_CASE(are_let_go_at_the_next_receive_of_whatever_kind_which_goes_on_in_their_row)
{
    using one = penstock::packet;
    using next = std::vector<one> (*)(penstock::input&);
    const std::initializer_list<next> kinds = {
        [](penstock::input& in) -> std::vector<one> { return in.receive_some(1, {}); },
        [](penstock::input& in)
        {
            std::vector<one> list;
            list.push_back(std::move(*in.receive()));
            return list;
        },
        [](penstock::input& in)
        {
            std::vector<one> list;
            list.push_back(std::move(*in.receive_until({})));
            return list;
        },
        [](penstock::input& in)
        {
            std::vector<one> list;
            list.push_back(std::move(in.receive_span(1).front()));
            return list;
        }};
    for (const next receive : kinds)
    {
        connected c;
        c.runtime.then(numbered(1, 3));
        const std::span<one> lent = c.in.receive_span(1);
        BOOST_TEST(numbers(lent) == "1");
        BOOST_TEST(numbers(receive(c.in)) == "2");
        BOOST_TEST(packet_access::is_none(lent.front()));
        BOOST_TEST(numbers(receive(c.in)) == "3");
        BOOST_TEST(c.runtime.waits.size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(of_a_request_leave_the_rest_to_whoever_receives_it_as_one)
{
    connected c;
    c.runtime.then(numbered(1, 3), arrival::request_end);
    const std::span<penstock::packet> lent = c.in.receive_span(1);
    BOOST_TEST(numbers(c.in.receive_request()) == "2 3");
    BOOST_TEST(packet_access::is_none(lent.front()));
}

BOOST_AUTO_TEST_CASE(are_forgotten_with_the_rest_of_their_row_when_their_port_is_disconnected)
{
    connected c;
    c.runtime.then(numbered(1, 3), numbered(4, 4));
    const std::span<penstock::packet> lent = c.in.receive_span(2);
    penstock::detail::component_access::disconnect(c.component);
    BOOST_TEST(numbers(lent) == "1 2");
    connect_for_run(c.component, c.runtime);
    BOOST_TEST(numbers(c.in.receive_span(2)) == "4");
}

BOOST_AUTO_TEST_CASE(fail_as_those_that_were_let_go_if_they_are_left_there)
{
    const auto result = penstock::testing::run<forgetful>({}, numbered(1, 4));
    BOOST_TEST(numbers(result.sent.at("out")) == "1 3");
    BOOST_TEST_REQUIRE(result.failed.size() == 2U);
    for (const auto& [packet, reason] : result.failed)
        BOOST_TEST(reason == "let go by it without saying what became of it");
}

BOOST_AUTO_TEST_SUITE_END()
