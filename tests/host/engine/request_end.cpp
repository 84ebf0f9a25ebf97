// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

// Where the end of a request goes on, in a node whose packets are tried again.
BOOST_AUTO_TEST_SUITE(requests_of_one_key_behind_a_packet_that_is_tried_again)

namespace
{

constexpr retry_policy until_mended{.attempts = 60'000, .backoff = 1ms, .max_backoff = 1ms};

using texts = std::vector<std::string>;

std::string text_of(const batch& packets)
{
    std::string all;
    for (const packet& each : packets)
        all += each.text("text");
    return all;
}

// Sends all on; throws at "a" until it is mended.
function_component::body pass_once_mended(const std::atomic<bool>& mended)
{
    return [&mended](input& in, output& out, function_component&)
    {
        while (auto packet = in.receive())
        {
            if (packet->text("text") == "a" && !mended)
                throw std::runtime_error("not now");
            out.send(std::move(*packet));
        }
    };
}

// Sends whole requests on; throws at one that begins with "a" until it is mended.
function_component::body pass_requests_once_mended(const std::atomic<bool>& mended)
{
    return [&mended](input& in, output& out, function_component&)
    {
        while (batch request = in.receive_request())
        {
            if (text_of(request).starts_with('a') && !mended)
                throw std::runtime_error("not now");
            for (packet& each : request)
                out.send(std::move(each));
        }
    };
}

// Publishes whole requests, and throws at one that begins with "a" until it is mended.
function_component::body publish_requests(collected& got, const std::atomic<bool>& mended)
{
    return [&got, &mended](input& in, output&, function_component& self)
    {
        while (batch request = in.receive_request())
        {
            const std::string text = text_of(request);
            if (text.starts_with('a') && !mended)
                throw std::runtime_error("not now");
            if (!text.empty())
                got.add(text);
            for (packet& each : request)
                self.deliver(std::move(each));
        }
    };
}

// A component that writes what came of each request at one input and at the other.
class compare final : public component
{
public:
    explicit compare(collected& got) : got_(got) {}

private:
    input in{*this, "in"};
    input in2{*this, "in2"};
    collected& got_;

    void run() override
    {
        for (;;)
        {
            batch left = in.receive_request();
            batch right = in2.receive_request();
            if (!left && !right)
                return;
            got_.add(text_of(left) + '=' + text_of(right));
            for (batch* each : {&left, &right})
                for (packet& one : *each)
                    deliver(std::move(one));
        }
    }
};

struct three_requests
{
    std::atomic<bool> mended{false};
    collected got;
    tests::bench bench;

    // Pushes requests of one key, and has the first go through when the node "again" has set the
    // others aside. The first edge leads there.
    texts worked_off(const plan_builder& plan)
    {
        bench.deploy(plan);
        for (const char* each : {"a", "b", "c"})
            bench.push(each, "k");
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (!are_set_aside() && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        mended = true;
        BOOST_TEST_REQUIRE(bench.settle());
        return got.texts();
    }

    // A node whose packets are compared with those that did not pass it.
    plan_builder compared(function_component::body again)
    {
        plan_builder plan;
        plan.lines()
            .function("again", std::move(again))
            .retry(until_mended)
            .node("compare", category::publisher, [this] { return std::make_unique<compare>(got); })
            .edge("lines.out", "again.in")
            .edge("again.out", "compare.in")
            .edge("lines.out", "compare.in2");
        return plan;
    }

private:
    bool are_set_aside()
    {
        const json::value edge = bench.graph.stats().at("edges").as_array().at(0);
        return edge.at("packets").to_number<int>() == 3 && edge.at("depth").to_number<int>() == 0;
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(are_received_one_by_one_in_the_next_node, three_requests)
{
    const std::atomic<bool> always{true};
    const texts found =
        worked_off(plan_builder()
                       .lines()
                       .function("again", pass_once_mended(mended))
                       .retry(until_mended)
                       .function("requests", publish_requests(got, always), category::publisher)
                       .edge("lines.out", "again.in")
                       .edge("again.out", "requests.in"));
    BOOST_TEST(found == (texts{"a", "b", "c"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(are_joined_each_with_what_it_led_to_elsewhere, three_requests)
{
    const texts found = worked_off(compared(pass_once_mended(mended)));
    BOOST_TEST(found == (texts{"a=a", "b=b", "c=c"}), boost::test_tools::per_element());
}

// While the request is received again nothing of it is set aside, and its end has come long ago.
BOOST_FIXTURE_TEST_CASE(end_behind_their_packets_that_are_received_again_as_a_request,
                        three_requests)
{
    const texts found = worked_off(compared(pass_requests_once_mended(mended)));
    BOOST_TEST(found == (texts{"a=a", "b=b", "c=c"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(come_again_one_by_one_in_the_node_itself, three_requests)
{
    const texts found =
        worked_off(plan_builder()
                       .lines()
                       .function("again", publish_requests(got, mended), category::publisher)
                       .retry(until_mended)
                       .edge("lines.out", "again.in"));
    BOOST_TEST(found == (texts{"a", "b", "c"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(packets_that_come_behind_the_end_of_their_request)

namespace
{

using texts = std::vector<std::string>;

// Holds back what comes until it is told to send it on, while "b" is held up before.
struct held_up
{
    std::atomic<int> throws{0};
    std::atomic<bool> is_mended{false};
    std::atomic<bool> is_released{false};
    std::size_t to_hold = 1;
    collected got; // a text for each request
    tests::bench bench;

    void again(input& in, output& out)
    {
        while (auto packet = in.receive())
        {
            if (packet->text("text") == "b" && !is_mended)
            {
                ++throws;
                throw std::runtime_error("not now");
            }
            out.send(std::move(*packet));
        }
    }

    void hold(input& in, output& out) const
    {
        bool has_held_all = false;
        std::vector<packet> held;
        for (;;)
        {
            auto next = in.receive_until(std::chrono::steady_clock::now() + 1ms);
            if (next)
                held.push_back(std::move(*next));
            has_held_all = has_held_all || (is_released && held.size() >= to_hold);
            if (has_held_all)
                for (packet& each : std::exchange(held, {}))
                    out.send(std::move(each));
            if (next.closed())
                return;
        }
    }

    void publish(input& in, function_component& self)
    {
        while (batch request = in.receive_request())
        {
            std::string text;
            for (const packet& each : request)
                text += each.text("text");
            if (!text.empty())
                got.add(text);
            for (packet& each : request)
                self.deliver(std::move(each));
        }
    }

    void push(const std::vector<std::string>& requests)
    {
        bench.deploy(plan_builder()
                         .lines()
                         .function("again", [this](input& in, output& out, function_component&)
                                   { again(in, out); })
                         .retry({.attempts = 4000, .backoff = 1ms, .max_backoff = 1ms})
                         .function("hold", [this](input& in, output& out, function_component&)
                                   { hold(in, out); })
                         .function(
                             "requests",
                             [this](input& in, output&, function_component& self)
                             { publish(in, self); },
                             category::publisher)
                         .edge("lines.out", "again.in")
                         .edge("again.out", "hold.in")
                         .edge("hold.out", "requests.in"));
        for (const std::string& each : requests)
            bench.push(each);
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (throws == 0 && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        is_released = true;
    }

    texts mend()
    {
        is_mended = true;
        BOOST_TEST_REQUIRE(bench.settle());
        return got.texts();
    }
};

} // namespace

// While another request is still on its way, whose end is the next that comes.
BOOST_FIXTURE_TEST_CASE(are_received_as_a_request_of_their_own_at_once, held_up)
{
    push({"a", "b"});
    BOOST_TEST(got.wait_for(1));
    BOOST_TEST(mend() == (texts{"a", "b"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(are_received_with_packets_that_came_before_the_end_of_theirs, held_up)
{
    to_hold = 2;
    push({"a", "c\nb"});
    const texts found = mend();
    BOOST_TEST(found.front() == "acb");
    BOOST_TEST(found.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
