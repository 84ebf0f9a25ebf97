// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Components that receive by several calls before they send, and throw as soon as a bad packet
// comes.
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(a_throw_between_several_receives)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

// Receives as a letter says: r one, u one until a time, s a batch of one, S a batch, q a request.
// Returns whether the input is open.
bool receive_as(char how, input& in, const std::function<void(packet&&)>& take)
{
    const auto take_all = [&](batch packets)
    {
        const bool is_open{packets};
        for (packet& each : packets)
            take(std::move(each));
        return is_open;
    };
    switch (how)
    {
    case 's': return take_all(in.receive_some(1, 0ms));
    case 'S': return take_all(in.receive_some(5, 2ms));
    case 'q': return take_all(in.receive_request());
    case 'u':
        if (received next = in.receive_until(std::chrono::steady_clock::now() + 5ms))
            return take(std::move(*next)), true;
        else
            return !next.closed();
    default:
        if (auto next = in.receive())
            return take(std::move(*next)), true;
        return false;
    }
}

void take_into(std::vector<packet>& held, packet&& each)
{
    held.push_back(std::move(each));
    if (held.back().text("text").starts_with("bad"))
        throw std::runtime_error("bad");
}

function_component::body by(const std::string& calls)
{
    return [calls](input& in, output& out, function_component&)
    {
        for (bool is_open = true; is_open;)
        {
            std::vector<packet> held;
            for (const char each : calls)
                is_open = is_open &&
                          receive_as(each, in,
                                     [&held](packet&& next) { take_into(held, std::move(next)); });
            for (packet& each : held)
                out.send(std::move(each));
        }
    };
}

// Receives at one input, then at the other.
class pair_of final : public component
{
public:
    explicit pair_of(std::string calls) : calls_(std::move(calls)) {}

private:
    input in{*this, "in"};
    input in2{*this, "in2"};
    output out{*this, "out"};
    const std::string calls_;

    void run() override
    {
        for (bool is_open = true; is_open;)
        {
            std::vector<packet> held;
            const auto take = [&held](packet&& next) { take_into(held, std::move(next)); };
            is_open = receive_as(calls_[0], in, take);
            is_open = receive_as(calls_[1], in2, take) && is_open;
            for (packet& each : held)
                out.send(std::move(each));
        }
    }
};

constexpr std::uint16_t most_attempts = 3;

retry_policy tried(std::uint16_t times)
{
    return {.attempts = times, .backoff = 1ms, .max_backoff = 2ms};
}

// What became of the packets: those delivered, sorted, and the dead ones.
void check_only_the_bad_die(bench& bench, const collected& got,
                            const std::vector<std::string>& good, std::size_t bad)
{
    BOOST_TEST(bench.graph.stop(20s) == 0U);
    std::vector<std::string> texts = got.texts();
    std::ranges::sort(texts);
    BOOST_TEST(texts == good, boost::test_tools::per_element());
    const std::vector<dead_letter> dead = bench.dead_letters();
    BOOST_TEST(dead.size() == bad);
    for (const dead_letter& each : dead)
        BOOST_TEST(each.reason == "bad");
}

} // namespace

BOOST_AUTO_TEST_CASE(costs_the_bad_packet_alone_whatever_calls_and_attempts)
{
    for (std::uint16_t attempts = 1; attempts <= most_attempts; ++attempts)
        for (const std::string calls :
             {"ru", "us", "su", "sr", "uS", "Su", "sS", "qu", "suu", "usu"})
            for (const std::string lines :
                 {"bad\na\nb\nc", "a\nbad\nb\nc", "a\nb\nbad\nc", "a\nb\nc\nbad"})
                BOOST_TEST_CONTEXT(calls << ", " << attempts << " attempts, " << lines)
                {
                    collected got;
                    bench bench;
                    bench.deploy(plan_builder()
                                     .lines()
                                     .function("it", by(calls))
                                     .retry(tried(attempts))
                                     .sink(got)
                                     .edge("lines.out", "it.in")
                                     .edge("it.out", "sink.in"));
                    bench.push(lines);
                    check_only_the_bad_die(bench, got, {"a", "b", "c"}, 1);
                }
}

BOOST_AUTO_TEST_CASE(costs_the_bad_packets_alone_at_two_inputs)
{
    for (std::uint16_t attempts = 1; attempts <= most_attempts; ++attempts)
        for (const std::string calls : {"rr", "uu", "ru", "ss", "rs", "us"})
            BOOST_TEST_CONTEXT(calls << ", " << attempts << " attempts")
            {
                collected got;
                bench bench;
                bench.deploy(plan_builder()
                                 .lines()
                                 .node("it", category::op,
                                       [calls] { return std::make_unique<pair_of>(calls); })
                                 .retry(tried(attempts))
                                 .sink(got)
                                 .edge("lines.out", "it.in")
                                 .edge("lines.out", "it.in2")
                                 .edge("it.out", "sink.in"));
                bench.push("a\nbad\nb");
                bench.push("c");
                check_only_the_bad_die(bench, got, {"a", "a", "b", "b", "c", "c"}, 2);
            }
}

BOOST_AUTO_TEST_SUITE_END()
