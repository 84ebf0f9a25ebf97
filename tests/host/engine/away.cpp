// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <set>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

constexpr retry_policy quick{.attempts = 2, .backoff = 1ms, .max_backoff = 4ms};

/// Stands for a server that can be away, and counts who knocks.
class far_side
{
public:
    /// Takes texts, or throws when it is away.
    void take(const std::vector<std::string>& texts)
    {
        ++knocks_;
        const int together = ++at_once_;
        int most = most_at_once_;
        while (together > most && !most_at_once_.compare_exchange_weak(most, together))
            continue;
        std::size_t largest = largest_;
        while (is_away_ && texts.size() > largest &&
               !largest_.compare_exchange_weak(largest, texts.size()))
            continue;
        --at_once_;
        if (is_away_)
            throw unavailable("nobody is there", retry_after_);
        for (const std::string& each : texts)
            got.add(each);
    }

    void go() { is_away_ = true; }
    void come_back() { is_away_ = false; }
    void ask_for(std::chrono::milliseconds pause) { retry_after_ = pause; }

    /// Forgets what was counted.
    void count_anew()
    {
        knocks_ = 0;
        largest_ = 0;
        most_at_once_ = 0;
    }

    [[nodiscard]] int knocks() const { return knocks_; }
    [[nodiscard]] std::size_t largest() const { return largest_; }
    [[nodiscard]] int most_at_once() const { return most_at_once_; }

    bool wait_for_knocks(int count) const
    {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (knocks_ < count && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        return knocks_ >= count;
    }

    collected got;

private:
    std::atomic<bool> is_away_{false};
    std::atomic<std::chrono::milliseconds> retry_after_{0ms};
    std::atomic<int> knocks_{0};
    std::atomic<int> at_once_{0};
    std::atomic<int> most_at_once_{0};
    std::atomic<std::size_t> largest_{0};
};

class shipper final : public publisher
{
public:
    explicit shipper(far_side& to) : publisher({.count = 8, .wait = 0ms}), to_(to) {}

private:
    far_side& to_;

    void write(batch& items) override
    {
        std::vector<std::string> texts;
        for (const packet& each : items)
            texts.push_back(each.text("text"));
        blocking([&] { to_.take(texts); });
    }
};

/// The same by hand, one packet at a time, in `run()`.
function_component::body by_hand(far_side& to)
{
    return [&to](input& in, output&, function_component& self)
    {
        while (auto packet = in.receive())
        {
            to.take({packet->text("text")});
            self.deliver(std::move(*packet));
        }
    };
}

class processor final : public transformer
{
public:
    explicit processor(far_side& to) : to_(to) {}

private:
    far_side& to_;
    void process(packet& each) override { to_.take({each.text("text")}); }
};

plan_builder ship(far_side& to, retry_policy retry = quick)
{
    return plan_builder()
        .door()
        .node("ship", category::publisher, [&to] { return std::make_unique<shipper>(to); })
        .retry(retry)
        .edge("door.out", "ship.in");
}

std::vector<std::string> sorted(std::vector<std::string> texts)
{
    std::ranges::sort(texts);
    return texts;
}

} // namespace

BOOST_AUTO_TEST_SUITE(what_a_component_works_with)

BOOST_AUTO_TEST_CASE(may_be_away_under_load_and_no_packet_is_lost_or_dies)
{
    constexpr std::size_t count = 2000;
    far_side server;
    bench bench;
    bench.deploy(ship(server), 4);
    for (std::size_t i = 0; i < count / 4; ++i)
        bench.push(std::to_string(i));
    server.go();
    for (std::size_t i = count / 4; i < count / 2; ++i)
        bench.push(std::to_string(i));
    while (bench.graph.retrying_nodes().empty())
        std::this_thread::yield();
    BOOST_TEST(server.wait_for_knocks(server.knocks() + 10)); // what was under way has failed
    server.count_anew();
    for (std::size_t i = count / 2; i < count; ++i)
        bench.push(std::to_string(i));
    BOOST_TEST(server.wait_for_knocks(20));
    BOOST_TEST(server.most_at_once() == 1);
    BOOST_TEST(server.largest() == 1U);
    server.come_back();
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(server.got.size() == count);
    const std::vector<std::string> texts = server.got.texts();
    BOOST_TEST(std::set<std::string>(texts.begin(), texts.end()).size() == count);
    const graph_totals totals = bench.graph.totals();
    BOOST_TEST(totals.delivered == count);
    BOOST_TEST(totals.dead == 0U);
    BOOST_TEST(bench.graph.retrying_nodes().empty());
}

BOOST_AUTO_TEST_CASE(is_named_while_it_is_away)
{
    far_side server;
    server.go();
    bench bench;
    bench.deploy(ship(server));
    bench.push("a");
    std::vector<retrying_node> found;
    while (found.empty() || found.front().report.attempt < 3)
        found = bench.graph.retrying_nodes();
    BOOST_TEST(found.size() == 1U);
    BOOST_TEST(found.front().node == "ship");
    BOOST_TEST(found.front().is_away);
    BOOST_TEST(found.front().report.last_error == "nobody is there");
    BOOST_TEST(bench.log.texts().size() == 1U); // told of once
    BOOST_TEST(bench.log.texts().front() == "ship: waits for what is unavailable: nobody is there");
    server.come_back();
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(bench.graph.retrying_nodes().empty());
}

BOOST_AUTO_TEST_CASE(is_waited_for_as_long_as_it_asks)
{
    far_side server;
    server.go();
    server.ask_for(1h);
    bench bench;
    bench.deploy(ship(server));
    const auto before = std::chrono::system_clock::now();
    bench.push("a");
    std::vector<retrying_node> found;
    while (found.empty())
        found = bench.graph.retrying_nodes();
    BOOST_TEST((found.front().report.next_try >= before + 1h));
    BOOST_TEST(server.knocks() == 1);
}

BOOST_AUTO_TEST_CASE(uses_no_attempt_of_a_packet_and_keeps_their_order)
{
    far_side server;
    server.go();
    bench bench;
    bench.deploy(ship(server, {.attempts = 1, .backoff = 1ms, .max_backoff = 1ms}));
    for (const char* each : {"a", "b", "c"})
        bench.push(each);
    BOOST_TEST(server.wait_for_knocks(10));
    server.come_back();
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(server.got.texts() == (std::vector<std::string>{"a", "b", "c"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(may_be_away_for_a_component_by_hand_and_for_a_transformer)
{
    for (const bool transforms : {false, true})
    {
        far_side server;
        collected got;
        server.go();
        bench bench;
        plan_builder plan;
        plan.door();
        if (transforms)
            plan.node("it", category::transformer,
                      [&] { return std::make_unique<processor>(server); })
                .retry({.attempts = 1, .backoff = 1ms, .max_backoff = 1ms})
                .sink(got)
                .edge("it.out", "sink.in");
        else
            plan.function("it", by_hand(server))
                .retry({.attempts = 1, .backoff = 1ms, .max_backoff = 1ms});
        bench.deploy(plan.edge("door.out", "it.in"), 2);
        for (int i = 0; i < 10; ++i)
            bench.push(std::to_string(i));
        BOOST_TEST(server.wait_for_knocks(10));
        server.come_back();
        BOOST_TEST_REQUIRE(bench.settle());
        BOOST_TEST(sorted(server.got.texts()).size() == 10U);
        BOOST_TEST(bench.graph.totals().delivered == 10U);
        BOOST_TEST(bench.graph.totals().dead == 0U);
    }
}

BOOST_AUTO_TEST_CASE(may_be_away_when_a_graph_is_deployed_which_takes_over_at_once_in_order)
{
    far_side old_server;
    far_side new_server;
    old_server.go();
    old_server.ask_for(1h);
    bench bench;
    bench.deploy(ship(old_server));
    for (const char* each : {"a", "b", "c"})
        bench.push(each, "key");
    BOOST_TEST(old_server.wait_for_knocks(1));
    bench.deploy(ship(new_server), 1, 1h); // it would drain for an hour
    bench.push("d", "key");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(new_server.got.texts() == (std::vector<std::string>{"a", "b", "c", "d"}),
               boost::test_tools::per_element());
    BOOST_TEST(old_server.got.size() == 0U);
}

BOOST_AUTO_TEST_CASE(may_be_away_for_the_start_of_a_later_instance)
{
    struct log
    {
        std::atomic<int> starts{0};
        std::atomic<bool> is_away{false};
    };
    class opener final : public component
    {
    public:
        explicit opener(log& into) : into_(into) {}

    private:
        input in{*this, "in"};
        log& into_;
        void start() override
        {
            ++into_.starts;
            if (into_.is_away)
                throw std::runtime_error("refused");
        }
        void run() override
        {
            while (auto packet = in.receive())
            {
                if (into_.is_away)
                    throw unavailable("hung up");
                deliver(std::move(*packet));
            }
        }
    };
    log seen;
    bench bench;
    bench.deploy(
        plan_builder()
            .door()
            .node("open", category::publisher, [&] { return std::make_unique<opener>(seen); })
            .retry(quick)
            .edge("door.out", "open.in"));
    seen.is_away = true;
    bench.push("a");
    while (seen.starts < 10) // more than a node may fail to start
        std::this_thread::yield();
    seen.is_away = false;
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(bench.graph.totals().delivered == 1U);
    BOOST_TEST(bench.graph.failed_nodes().empty());
    BOOST_TEST(bench.graph.retrying_nodes().empty());
}

// Nothing is in hand that could wait, and nothing may be asked without end.
BOOST_AUTO_TEST_CASE(is_waited_for_by_a_component_that_throws_before_it_receives)
{
    far_side server;
    server.go();
    server.ask_for(1h);
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("call",
                               [&](input& in, output&, function_component& self)
                               {
                                   server.take({});
                                   while (auto packet = in.receive())
                                       self.deliver(std::move(*packet));
                               })
                     .sink(got)
                     .edge("door.out", "call.in")
                     .edge("door.out", "sink.in"));
    for (std::size_t i = 1; i <= 50; ++i) // the lane goes round, and has time to ask again
    {
        bench.push(std::to_string(i));
        BOOST_TEST_REQUIRE(got.wait_for(i));
    }
    BOOST_TEST(server.knocks() == 1);
    BOOST_TEST(bench.graph.retrying_nodes().size() == 1U);
    BOOST_TEST(bench.graph.totals().dead == 0U);
}

BOOST_AUTO_TEST_CASE(is_waited_for_by_a_source)
{
    class maker final : public component
    {
    public:
        explicit maker(far_side& from) : from_(from) {}

    private:
        output out{*this, "out"};
        far_side& from_;

        void run() override
        {
            from_.take({});
            out.send(packet({{"text", "made"}}));
        }
    };
    far_side server;
    server.go();
    collected got;
    bench bench;
    bench.deploy(
        plan_builder()
            .node("make", category::adapter, [&] { return std::make_unique<maker>(server); })
            .retry(quick)
            .sink(got)
            .edge("make.out", "sink.in"));
    BOOST_TEST(server.wait_for_knocks(5));
    BOOST_TEST(bench.graph.retrying_nodes().size() == 1U);
    server.come_back();
    BOOST_TEST(got.wait_for(1));
    BOOST_TEST(bench.graph.retrying_nodes().empty());
}

BOOST_AUTO_TEST_CASE(is_connected_with_first_and_after_each_loss)
{
    struct log
    {
        std::atomic<int> connects{0};
        std::atomic<int> writes{0};
        std::atomic<bool> refuses{true};
    };
    class caller final : public publisher
    {
    public:
        explicit caller(log& into) : into_(into) {}

    private:
        log& into_;
        void connect() override
        {
            ++into_.connects;
            if (into_.refuses)
                throw std::runtime_error("refused");
        }
        void write(batch&) override
        {
            if (++into_.writes == 1)
                throw unavailable("hung up");
        }
    };
    log seen;
    bench bench;
    bench.deploy(
        plan_builder()
            .door()
            .node("call", category::publisher, [&] { return std::make_unique<caller>(seen); })
            .retry(quick)
            .edge("door.out", "call.in"));
    bench.push("a");
    while (seen.connects < 3)
        std::this_thread::yield();
    BOOST_TEST(seen.writes == 0);
    seen.refuses = false;
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(seen.writes == 2);
    const int connects = seen.connects;
    bench.push("b");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(seen.connects == connects);
    BOOST_TEST(bench.graph.totals().delivered == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_batch_of_a_publisher)

// Which of them is to blame cannot be told; tried alone, the others get through.
BOOST_AUTO_TEST_CASE(that_fails_for_one_of_its_packets_loses_only_that)
{
    class picky final : public publisher
    {
    public:
        picky(collected& got, std::vector<std::size_t>& sizes)
            : publisher({.count = 4, .wait = 1h}), got_(got), sizes_(sizes)
        {
        }

    private:
        collected& got_;
        std::vector<std::size_t>& sizes_;
        void write(batch& items) override
        {
            sizes_.push_back(items.size());
            for (const packet& each : items)
                if (each.text("text") == "poison")
                    throw std::runtime_error("cannot take that");
            for (const packet& each : items)
                got_.add(each.text("text"));
        }
    };
    collected got;
    std::vector<std::size_t> sizes;
    bench bench;
    bench.deploy(
        plan_builder()
            .lines()
            .node("picky", category::publisher, [&] { return std::make_unique<picky>(got, sizes); })
            .retry({.attempts = 3, .backoff = 1ms, .max_backoff = 4ms})
            .edge("lines.out", "picky.in"));
    bench.push("a\npoison\nb\nc");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(got.texts() == (std::vector<std::string>{"a", "b", "c"}),
               boost::test_tools::per_element());
    BOOST_TEST(sizes == (std::vector<std::size_t>{4, 4, 1, 1, 1, 1}),
               boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(bench.dead_letters().size() == 1U);
    BOOST_TEST(bench.dead_letters()[0].attempts == 3U);
    BOOST_TEST(bench.dead_letters()[0].reason == "cannot take that");
}

BOOST_AUTO_TEST_SUITE_END()
