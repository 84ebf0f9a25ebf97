// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "scripted_runtime.hpp"

#include <penstock/port.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <type_traits>
#include <utility>

using namespace std::chrono_literals;
using namespace std::string_literals;
using penstock::detail::arrival;

namespace
{

struct sample : penstock::component
{
    penstock::input in{*this, "in", penstock::required, "what comes"};
    penstock::input more{*this, "more", penstock::optional};
    penstock::output out{*this, "out", "what goes"};
    penstock::output rest{*this, "rest"};

    void run() override {}
};

using connected = connected_component<sample>;

template <class Make>
std::string refusal(Make make)
{
    sample owner;
    try
    {
        make(owner);
    }
    catch (const std::invalid_argument& error)
    {
        return error.what();
    }
    return "accepted";
}

} // namespace

BOOST_AUTO_TEST_CASE(ports_register_in_order_of_declaration)
{
    sample component;
    const auto& members = penstock::detail::component_access::members(component);
    BOOST_TEST_REQUIRE(members.inputs.size() == 2u);
    BOOST_TEST(members.inputs[0] == &component.in);
    BOOST_TEST(members.inputs[1] == &component.more);
    BOOST_TEST(component.more.index() == 1u);
    BOOST_TEST_REQUIRE(members.outputs.size() == 2u);
    BOOST_TEST(members.outputs[1] == &component.rest);
    BOOST_TEST(component.rest.index() == 1u);
    BOOST_TEST(component.in.name() == "in");
    BOOST_TEST(component.in.help() == "what comes");
    BOOST_TEST((component.more.is() == penstock::presence::optional));
    BOOST_TEST(!component.in.wired());
}

BOOST_AUTO_TEST_CASE(names_of_ports_are_checked)
{
    BOOST_TEST(refusal([](auto& owner) { penstock::input bad(owner, "In"); }) ==
               "input \"In\": is no name of a port; [a-z][a-z0-9_]* was expected");
    BOOST_TEST(refusal([](auto& owner) { penstock::input bad(owner, "in"); }) ==
               "input \"in\": names an input twice; another name was expected");
    BOOST_TEST(refusal([](auto& owner) { penstock::output bad(owner, "1st"); }) ==
               "output \"1st\": is no name of a port; [a-z][a-z0-9_]* was expected");
    BOOST_TEST(refusal([](auto& owner) { penstock::output bad(owner, "out"); }) ==
               "output \"out\": names an output twice; another name was expected");
    BOOST_TEST(refusal([](auto& owner) { penstock::output bad(owner, "error"); }) ==
               "output \"error\": names the port that every node has; another name was expected");
    BOOST_TEST(refusal([](auto& owner) { penstock::output fine(owner, "in"); }) == "accepted");
}

BOOST_AUTO_TEST_CASE(receive_takes_packets_in_order_until_the_input_closes)
{
    connected c;
    c.runtime.then(numbered(1, 2), numbered(3, 3), arrival::closed);
    std::vector<penstock::packet> all;
    while (auto packet = c.in.receive())
        all.push_back(std::move(*packet));
    BOOST_TEST(numbers(all) == "1 2 3");
    BOOST_TEST(c.runtime.waits.size() == 3u); // one for each span, not for each packet
}

BOOST_AUTO_TEST_CASE(each_packet_received_knows_its_number_and_port)
{
    connected c;
    c.runtime.then(numbered(1, 2));
    const auto first = c.component.more.receive();
    const auto second = c.component.more.receive();
    BOOST_TEST(penstock::detail::packet_access::receive(*first) == 1u);
    BOOST_TEST(penstock::detail::packet_access::receive(*second) == 2u);
    BOOST_TEST(penstock::detail::packet_access::port(*second) == 1u);
}

BOOST_AUTO_TEST_CASE(receiving_without_a_runtime_is_a_mistake)
{
    sample fresh;
    BOOST_CHECK_EXCEPTION(
        (void)fresh.in.receive(), std::logic_error,
        [](const auto& error)
        {
            return error.what() ==
                   "input \"in\": receives outside of run(); a running component was expected"s;
        });
    BOOST_CHECK_EXCEPTION(fresh.out.send(penstock::packet()), std::logic_error,
                          [](const auto& error)
                          {
                              return error.what() == "output \"out\": sends outside of run(); a "
                                                     "running component was expected"s;
                          });
}

BOOST_AUTO_TEST_CASE(sending_what_was_moved_from_is_a_mistake)
{
    connected c;
    penstock::packet gone({{"n", 1}});
    c.out.send(std::move(gone));
    BOOST_CHECK_EXCEPTION(c.out.send(std::move(gone)), std::logic_error,
                          [](const auto& error)
                          {
                              return error.what() ==
                                     "output \"out\": sends a packet that was moved "
                                     "from; one in hand was expected"s;
                          });
    BOOST_TEST(c.runtime.collect().size() == 1u);
}

BOOST_AUTO_TEST_CASE(receive_until_tells_packet_timeout_and_closed_apart)
{
    connected c;
    c.runtime.then(numbered(1, 1), arrival::timeout, arrival::closed);
    const auto deadline = std::chrono::steady_clock::now() + 1h;

    auto packet = c.in.receive_until(deadline);
    BOOST_TEST_REQUIRE(bool(packet));
    BOOST_TEST(!packet.timed_out());
    BOOST_TEST(!packet.closed());
    BOOST_TEST(packet->get("n") == penstock::json::value(1));
    BOOST_TEST((c.runtime.waits[0].until == deadline));

    const auto late = c.in.receive_until(deadline);
    BOOST_TEST(!bool(late));
    BOOST_TEST(late.timed_out());
    BOOST_TEST(!late.closed());

    const auto over = c.in.receive_until(deadline);
    BOOST_TEST(!bool(over));
    BOOST_TEST(!over.timed_out());
    BOOST_TEST(over.closed());
}

BOOST_AUTO_TEST_CASE(receive_some_stops_at_its_count)
{
    connected c;
    c.runtime.then(numbered(1, 5));
    auto some = c.in.receive_some(3, 1h);
    BOOST_TEST(bool(some));
    BOOST_TEST(numbers(some) == "1 2 3");
    some = c.in.receive_some(2, 1h);
    BOOST_TEST(numbers(some) == "4 5");
    BOOST_TEST(c.runtime.waits.size() == 1u);
}

BOOST_AUTO_TEST_CASE(receive_some_waits_for_the_first_packet_without_limit_and_then_for_the_window)
{
    connected c;
    c.runtime.then(numbered(1, 1), numbered(2, 2), arrival::timeout);
    const auto before = std::chrono::steady_clock::now();
    const auto some = c.in.receive_some(100, 1h);
    const auto after = std::chrono::steady_clock::now();
    BOOST_TEST(numbers(some) == "1 2");
    BOOST_TEST_REQUIRE(c.runtime.waits.size() == 3u);
    BOOST_TEST((c.runtime.waits[0].until == std::chrono::steady_clock::time_point::max()));
    BOOST_TEST((c.runtime.waits[1].until >= before + 1h));
    BOOST_TEST((c.runtime.waits[1].until <= after + 1h));
    BOOST_TEST((c.runtime.waits[2].until == c.runtime.waits[1].until)); // from the first packet on
}

BOOST_AUTO_TEST_CASE(receive_some_gives_the_last_packets_before_it_tells_that_the_input_closed)
{
    connected c;
    c.runtime.then(numbered(1, 1), arrival::closed, arrival::closed);
    auto some = c.in.receive_some(100, 1h);
    BOOST_TEST(bool(some));
    BOOST_TEST(numbers(some) == "1");
    some = c.in.receive_some(100, 1h);
    BOOST_TEST(!bool(some));
    BOOST_TEST(some.empty());
}

BOOST_AUTO_TEST_CASE(receive_some_takes_a_window_without_end_and_a_count_of_none)
{
    connected c;
    c.runtime.then(numbered(1, 1), arrival::closed, numbered(2, 3));
    BOOST_TEST(numbers(c.in.receive_some(2, std::chrono::milliseconds::max())) == "1");
    BOOST_TEST((c.runtime.waits[1].until == std::chrono::steady_clock::time_point::max()));
    BOOST_TEST(numbers(c.in.receive_some(0, 1h)) == "2");
}

BOOST_AUTO_TEST_CASE(receive_request_gives_the_packets_of_one_request)
{
    connected c;
    c.runtime.then(numbered(1, 2), numbered(3, 3), arrival::request_end, arrival::request_end,
                   arrival::closed);
    auto request = c.in.receive_request();
    BOOST_TEST(bool(request));
    BOOST_TEST(numbers(request) == "1 2 3");
    BOOST_TEST(c.runtime.waits[0].stop_at_request_end);
    request = c.in.receive_request();
    BOOST_TEST(bool(request)); // a request that led to no packet here
    BOOST_TEST(request.empty());
    BOOST_TEST(!bool(c.in.receive_request()));
}

BOOST_AUTO_TEST_CASE(receive_request_gives_what_came_before_the_input_closed)
{
    connected c;
    c.runtime.then(numbered(1, 1), arrival::closed, arrival::closed);
    auto request = c.in.receive_request();
    BOOST_TEST(bool(request));
    BOOST_TEST(numbers(request) == "1");
    BOOST_TEST(!bool(c.in.receive_request()));
}

BOOST_AUTO_TEST_CASE(send_asks_for_room_once_a_span)
{
    connected c;
    c.runtime.room = 2;
    for (penstock::packet& packet : numbered(1, 2))
        c.out.send(std::move(packet));
    BOOST_TEST(c.runtime.rooms == 1);
    BOOST_TEST(numbers(c.runtime.collect()) == "1 2");
    c.out.send(penstock::packet({{"n", 3}}));
    BOOST_TEST(c.runtime.rooms == 2);
    BOOST_TEST(numbers(c.runtime.collect()) == "3");
}

BOOST_AUTO_TEST_CASE(a_batch_is_sent_but_for_what_was_moved_from)
{
    connected c;
    c.runtime.then(numbered(1, 5));
    auto some = c.in.receive_some(5, 1h);
    const penstock::packet first = std::move(some[0]);
    const penstock::packet fourth = std::move(some[3]);
    c.out.send(std::move(some));
    BOOST_TEST(some.empty());
    BOOST_TEST(c.runtime.rooms == 1);
    BOOST_TEST(numbers(c.runtime.collect()) == "2 3 5");
}

BOOST_AUTO_TEST_CASE(a_batch_with_nothing_left_asks_for_no_room)
{
    connected c;
    c.runtime.then(numbered(1, 2));
    auto some = c.in.receive_some(2, 1h);
    const penstock::packet first = std::move(some[0]);
    const penstock::packet second = std::move(some[1]);
    c.out.send(std::move(some));
    c.out.send(penstock::batch(true));
    BOOST_TEST(some.empty());
    BOOST_TEST(c.runtime.rooms == 0);
}

BOOST_AUTO_TEST_CASE(a_batch_asks_for_room_once_a_span)
{
    connected c;
    c.runtime.room = 2;
    c.runtime.then(numbered(1, 5));
    auto some = c.in.receive_some(5, 1h);
    c.out.send(std::move(some));
    BOOST_TEST(c.runtime.rooms == 3);
    BOOST_TEST(numbers(c.runtime.collect()) == "5");
}

BOOST_AUTO_TEST_CASE(a_batch_that_cannot_be_sent_keeps_its_packets)
{
    connected c;
    c.runtime.then(numbered(1, 2));
    auto some = c.in.receive_some(2, 1h);
    penstock::detail::component_access::disconnect(c.component);
    BOOST_CHECK_THROW(c.out.send(std::move(some)), std::logic_error);
    BOOST_TEST(numbers(some) == "1 2");
}

BOOST_AUTO_TEST_CASE(a_batch_after_one_that_was_sent_has_its_own_packets_alone)
{
    connected c;
    c.runtime.room = 16;
    c.runtime.then(numbered(1, 3), numbered(4, 5), numbered(6, 9));
    for (const auto& [count, expected] : {std::pair(3U, "1 2 3"), {2U, "4 5"}, {4U, "6 7 8 9"}})
    {
        auto some = c.in.receive_some(count, 1h);
        BOOST_TEST(numbers(some) == expected);
        c.out.send(std::move(some));
        BOOST_TEST(numbers(c.runtime.collect()) == expected);
    }
}

BOOST_AUTO_TEST_CASE(stopped_is_no_std_exception)
{
    static_assert(!std::is_base_of_v<std::exception, penstock::stopped>);
    connected c;
    bool passed_by = false;
    try
    {
        (void)c.in.receive(); // the script is empty, so the runtime throws
    }
    catch (const std::exception&)
    {
        BOOST_ERROR("a handler for errors caught it");
    }
    catch (const penstock::stopped& stop)
    {
        passed_by = true;
        BOOST_TEST(stop.what() == "the graph was stopped"s);
    }
    BOOST_TEST(passed_by);
}

BOOST_AUTO_TEST_CASE(a_disconnected_port_is_as_good_as_new)
{
    connected c;
    c.runtime.then(numbered(1, 2));
    (void)c.in.receive();
    penstock::detail::component_access::disconnect(c.component);
    BOOST_CHECK_THROW((void)c.in.receive(), std::logic_error);
}
