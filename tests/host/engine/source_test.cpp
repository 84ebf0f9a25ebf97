// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// How packets of a source get into a graph, and when the upstream hears of their ends.
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

constexpr retry_policy two_attempts{.attempts = 2, .backoff = 1ms, .max_backoff = 4ms};

/// An upstream with the numbers from 0 on, which remembers up to where it may forget.
class upstream
{
public:
    explicit upstream(std::int64_t count) : count_(count) {}

    /// The next number from `from` on; nothing at the end. Throws while it is away.
    std::optional<std::int64_t> read(std::int64_t from)
    {
        ++reads_;
        if (is_away_)
            throw unavailable("the upstream is away");
        if (from >= count_)
            return std::nullopt;
        read_.add(std::to_string(from));
        return from;
    }

    void connect()
    {
        connects_.add("");
        if (is_away_)
            throw std::runtime_error("refused"); // whatever it is
    }

    void acknowledge(const std::vector<json::value>& positions)
    {
        if (is_away_)
            throw unavailable("the upstream is away");
        low_water_ = positions.back().as_int64() + 1; // first: who waits for the others reads it
        for (const json::value& each : positions)
            acknowledged_.add(write_json(each));
    }

    void go() { is_away_ = true; }
    void come_back() { is_away_ = false; }
    void grow(std::int64_t to) { count_ = to; }

    [[nodiscard]] std::int64_t low_water() const { return low_water_; }
    [[nodiscard]] std::size_t connects() const { return connects_.size(); }
    [[nodiscard]] int reads() const { return reads_; }
    [[nodiscard]] std::vector<std::string> acknowledged() const { return acknowledged_.texts(); }
    bool wait_for_connects(std::size_t count) { return connects_.wait_for(count); }
    bool wait_for_reads(std::size_t count) { return read_.wait_for(count); }
    bool wait_for_acknowledgements(std::size_t count) { return acknowledged_.wait_for(count); }

private:
    std::atomic<std::int64_t> count_;
    std::atomic<std::int64_t> low_water_{0};
    std::atomic<bool> is_away_{false};
    std::atomic<int> reads_{0};
    collected connects_;
    collected read_;
    collected acknowledged_;
};

class numbers final : public penstock::source
{
public:
    numbers(upstream& of, bool is_endless, std::uint32_t in_flight = 1000)
        : source({.in_flight = in_flight, .idle = 1ms}), of_(of), is_endless_(is_endless)
    {
    }

private:
    upstream& of_;
    const bool is_endless_;
    std::int64_t next_ = 0;

    void connect() override
    {
        of_.connect();
        next_ = of_.low_water();
    }

    bool read() override
    {
        const std::optional<std::int64_t> found = of_.read(next_);
        if (!found)
            return is_endless_;
        packet made;
        made.set("text", std::to_string(*found));
        made.set_meta("parity", *found % 2 == 0 ? "even" : "odd");
        emit(*found, std::move(made));
        ++next_;
        return true;
    }

    void acknowledge(const std::vector<json::value>& positions) override
    {
        of_.acknowledge(positions);
    }
};

/// Holds back what it gets until it is told to go on.
class gate
{
public:
    /// Waits until the packet with that text may go on.
    void pass(const std::string& text)
    {
        came.add(text);
        std::unique_lock lock(mutex_);
        opened_.wait(lock, [&] { return is_open_ || passing_.contains(text); });
    }

    void let_pass(std::string text)
    {
        std::lock_guard lock(mutex_);
        passing_.insert(std::move(text));
        opened_.notify_all();
    }

    void open()
    {
        std::lock_guard lock(mutex_);
        is_open_ = true;
        opened_.notify_all();
    }

    collected came;

private:
    std::mutex mutex_;
    std::condition_variable opened_;
    std::set<std::string> passing_;
    bool is_open_ = false;
};

plan_builder from(upstream& of, bool is_endless = true, std::uint32_t in_flight = 1000)
{
    return plan_builder()
        .node("numbers", category::adapter,
              [&of, is_endless, in_flight]
              { return std::make_unique<numbers>(of, is_endless, in_flight); })
        .retry(two_attempts);
}

plan_builder through(upstream& of, gate& held, std::uint32_t in_flight = 1000)
{
    return from(of, true, in_flight)
        .function(
            "gate",
            [&held](input& in, output&, function_component& self)
            {
                while (auto packet = in.receive())
                {
                    const std::string text = packet->text("text");
                    blocking([&] { held.pass(text); });
                    self.deliver(std::move(*packet));
                }
            },
            category::publisher)
        .wire("numbers.out", "gate.in");
}

std::vector<std::string> texts_of(std::int64_t first, std::int64_t end)
{
    std::vector<std::string> texts;
    for (; first < end; ++first)
        texts.push_back(std::to_string(first));
    return texts;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sources)

BOOST_AUTO_TEST_CASE(hear_of_all_ends_in_the_order_of_their_upstream)
{
    for (const std::size_t lanes : {1, 2, 4})
    {
        upstream all(3000);
        collected got;
        bench bench;
        bench.deploy(from(all, false).sink(got).wire("numbers.out", "sink.in"), lanes);
        BOOST_TEST(all.wait_for_acknowledgements(3000));
        BOOST_TEST(bench.graph.stop(10s) == 0U);
        BOOST_TEST(all.acknowledged() == texts_of(0, 3000), boost::test_tools::per_element());
        BOOST_TEST(got.size() == 3000U);
        BOOST_TEST(bench.graph.totals().delivered == 3000U);
    }
}

BOOST_AUTO_TEST_CASE(hear_of_nothing_behind_a_packet_that_has_not_ended)
{
    upstream all(20);
    gate held;
    held.let_pass("1");
    bench bench;
    bench.deploy(through(all, held), 2); // least loaded: each lane has one of the first two
    BOOST_TEST(held.came.wait_for(3));   // so the second has ended
    BOOST_TEST(all.acknowledged().empty());
    held.open();
    BOOST_TEST(all.wait_for_acknowledgements(20));
    BOOST_TEST(all.low_water() == 20);
}

BOOST_AUTO_TEST_CASE(are_not_asked_for_more_than_may_be_in_flight)
{
    upstream all(1000);
    gate held;
    bench bench;
    bench.deploy(through(all, held, 5));
    BOOST_TEST(held.came.wait_for(1));
    BOOST_TEST(all.wait_for_reads(6)); // one is in its hand
    for (int i = 0; i < 5; ++i)        // the lanes go round
        bench.push("x");
    BOOST_TEST(all.reads() == 6);
    held.open();
    BOOST_TEST(all.wait_for_acknowledgements(1000));
}

BOOST_AUTO_TEST_CASE(are_not_asked_while_their_graph_is_full_and_go_on_when_it_has_room)
{
    upstream all(1000);
    gate held;
    bench bench(budget_limits{.entries = 4});
    bench.deploy(through(all, held));
    BOOST_TEST(all.wait_for_reads(5));
    BOOST_TEST(held.came.wait_for(1));
    const std::uint64_t refused = bench.graph.totals().refused;
    held.let_pass("0");
    held.let_pass("1");
    BOOST_TEST(held.came.wait_for(3));
    BOOST_TEST(all.reads() <= 8);
    BOOST_TEST(bench.graph.totals().refused <=
               refused + 6); // two tries each time room is given back
    held.open();
    BOOST_TEST(all.wait_for_acknowledgements(1000));
    BOOST_TEST(bench.graph.totals().dead == 0U);
}

BOOST_AUTO_TEST_CASE(without_the_base_go_on_too_when_a_full_graph_has_room)
{
    class maker final : public component
    {
        output out{*this, "out"};
        void run() override
        {
            for (int i = 0; i < 1000; ++i)
                out.send(packet({{"text", "made"}}));
        }
    };
    collected got;
    bench bench(budget_limits{.entries = 2});
    bench.deploy(plan_builder()
                     .node("make", category::adapter, [] { return std::make_unique<maker>(); })
                     .sink(got)
                     .wire("make.out", "sink.in"));
    BOOST_TEST(got.wait_for(1000));
}

BOOST_AUTO_TEST_CASE(let_what_is_in_flight_end_and_acknowledge_it_when_their_graph_stops)
{
    upstream all(1'000'000);
    collected got;
    bench bench;
    bench.deploy(from(all).sink(got).wire("numbers.out", "sink.in"), 2);
    BOOST_TEST(got.wait_for(100));
    BOOST_TEST(bench.graph.stop(20s) == 0U);
    BOOST_TEST(all.low_water() == static_cast<std::int64_t>(got.size()));
}

BOOST_AUTO_TEST_CASE(begin_at_the_checkpoint_when_the_version_before_has_ended)
{
    upstream all(50);
    gate held;
    bench bench;
    bench.deploy(through(all, held));
    BOOST_TEST(held.came.wait_for(1));
    collected got;
    held.let_pass("0");
    bench.deploy(from(all).sink(got).wire("numbers.out", "sink.in"), 1, 0ms);
    held.open(); // of the old version, whose packets are abandoned meanwhile
    BOOST_TEST(all.wait_for_acknowledgements(50));
    BOOST_TEST(bench.graph.stop(10s) == 0U);
    // The old version may have done some more, or all, before it was stopped.
    const std::vector<std::string> texts = got.texts();
    BOOST_TEST(texts == texts_of(50 - static_cast<int>(texts.size()), 50),
               boost::test_tools::per_element());
    BOOST_TEST(all.acknowledged() == texts_of(0, 50), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_a_new_version_wait_until_the_old_one_has_drained)
{
    upstream all(3);
    gate held;
    bench bench;
    bench.deploy(through(all, held));
    BOOST_TEST(held.came.wait_for(1));
    collected got;
    bench.deploy(from(all).sink(got).wire("numbers.out", "sink.in"));
    BOOST_TEST(all.connects() == 1);
    held.open();
    BOOST_TEST(all.wait_for_acknowledgements(3));
    BOOST_TEST(all.wait_for_connects(2)); // before, the old version might read what is new
    all.grow(4);
    BOOST_TEST(got.wait_for(1));
    BOOST_TEST(got.texts() == texts_of(3, 4), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_a_new_version_do_not_wait_for_a_sink_that_is_away)
{
    upstream all(200);
    collected knocks;
    const auto away = [&](input& in, output&, function_component&)
    {
        while (auto packet = in.receive())
        {
            knocks.add(packet->text("text"));
            throw unavailable("nobody is there");
        }
    };
    bench bench;
    bench.deploy(from(all)
                     .function("sink", away, category::publisher)
                     .retry({.attempts = 2, .backoff = 10min, .max_backoff = 10min})
                     .wire("numbers.out", "sink.in"),
                 4);
    BOOST_TEST(knocks.wait_for(1));
    BOOST_TEST(all.wait_for_reads(200));
    collected got;
    bench.deploy(from(all).sink(got).wire("numbers.out", "sink.in"), 4, 10min);
    BOOST_TEST(all.wait_for_acknowledgements(200));
    BOOST_TEST(all.acknowledged() == texts_of(0, 200), boost::test_tools::per_element());
    BOOST_TEST(bench.graph.pending().entries() == 0U);
}

BOOST_AUTO_TEST_CASE(give_a_position_the_same_id_each_time)
{
    const auto ids_of = [](const std::string& graph)
    {
        upstream all(5);
        collected got;
        bench bench;
        bench.deploy(from(all)
                         .named(graph)
                         .function(
                             "ids",
                             [&](input& in, output&, function_component& self)
                             {
                                 while (auto packet = in.receive())
                                 {
                                     got.add(packet->id().text());
                                     self.deliver(std::move(*packet));
                                 }
                             },
                             category::publisher)
                         .wire("numbers.out", "ids.in"));
        BOOST_TEST(all.wait_for_acknowledgements(5));
        return got.texts();
    };
    const std::vector<std::string> first = ids_of("a");
    BOOST_TEST(ids_of("a") == first, boost::test_tools::per_element());
    BOOST_TEST(std::set<std::string>(first.begin(), first.end()).size() == 5U);
    BOOST_TEST(ids_of("b") != first);
}

BOOST_AUTO_TEST_CASE(have_the_packets_of_one_key_worked_off_in_order)
{
    upstream all(2000);
    collected even, odd;
    const auto collect = [&](input& in, output&, function_component& self)
    {
        while (auto packet = in.receive())
        {
            (packet->meta("parity") == "even" ? even : odd).add(packet->text("text"));
            self.deliver(std::move(*packet));
        }
    };
    bench bench;
    bench.deploy(from(all, false)
                     .partitioned_by("parity")
                     .function("collect", collect, category::publisher)
                     .wire("numbers.out", "collect.in"),
                 4);
    BOOST_TEST(all.wait_for_acknowledgements(2000));
    for (const collected* each : {&even, &odd})
    {
        const std::vector<std::string> texts = each->texts();
        BOOST_TEST(texts.size() == 1000U);
        BOOST_TEST(std::ranges::is_sorted(texts, {},
                                          [](const std::string& text) { return std::stoi(text); }));
    }
}

BOOST_AUTO_TEST_CASE(wait_for_an_upstream_that_is_away_and_keep_what_is_in_flight)
{
    upstream all(10);
    gate held;
    bench bench;
    bench.deploy(through(all, held));
    BOOST_TEST(held.came.wait_for(1));
    BOOST_TEST(all.wait_for_reads(10));
    all.go();
    held.open();
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (all.connects() < 4 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    BOOST_TEST(all.connects() >= 4);
    BOOST_TEST(bench.graph.retrying_nodes().size() == 1U);
    BOOST_TEST(all.acknowledged().empty());
    all.come_back();
    BOOST_TEST(all.wait_for_acknowledgements(10));
    BOOST_TEST((bench.graph.state() == graph_state::running));
}

BOOST_AUTO_TEST_CASE(that_have_given_up_end_when_their_graph_drains)
{
    class broken final : public penstock::source
    {
        bool read() override { throw std::runtime_error("is broken"); }
    };
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .node("it", category::adapter, [] { return std::make_unique<broken>(); })
                     .sink(got)
                     .wire("it.out", "sink.in"));
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (bench.graph.state() != graph_state::failed &&
           std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    BOOST_TEST((bench.graph.state() == graph_state::failed));
    BOOST_TEST(bench.graph.stop(10min) == 0U);
}

BOOST_AUTO_TEST_CASE(that_throw_begin_again_at_the_checkpoint)
{
    class broken final : public penstock::source
    {
    public:
        explicit broken(upstream& of, std::atomic<int>& throws)
            : source({.idle = 1ms}), of_(of), throws_(throws)
        {
        }

    private:
        upstream& of_;
        std::atomic<int>& throws_;
        std::int64_t next_ = 0;

        void connect() override { next_ = of_.low_water(); }

        bool read() override
        {
            if (next_ == 7 && throws_.fetch_add(1) == 0)
                throw std::runtime_error("has read nonsense");
            if (const auto found = of_.read(next_))
                emit(next_++, packet({{"text", std::to_string(*found)}}));
            return true;
        }

        void acknowledge(const std::vector<json::value>& positions) override
        {
            of_.acknowledge(positions);
        }
    };
    upstream all(20);
    std::atomic<int> throws{0};
    collected got;
    bench bench;
    bench.deploy(
        plan_builder()
            .node("it", category::adapter, [&] { return std::make_unique<broken>(all, throws); })
            .sink(got)
            .wire("it.out", "sink.in"));
    BOOST_TEST(got.wait_for(20));
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (all.low_water() < 20 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    BOOST_TEST(all.low_water() == 20);
    const std::vector<std::string> texts = got.texts();
    BOOST_TEST(std::set<std::string>(texts.begin(), texts.end()).size() == 20U);
}

namespace
{

/// A journal whose letters are on disk when it is told that they are.
class slow_journal final : public host::journal
{
public:
    void append(record what, std::unique_ptr<append_waiter> waiter) override
    {
        in_memory_.append(std::move(what), std::move(waiter));
    }
    issue number() override { return in_memory_.number(); }
    std::vector<record> next(std::string_view, entry_number, read_limits) override { return {}; }
    void done(finished_entry entry) override { in_memory_.done(std::move(entry)); }
    std::string dead(letter what) override { return in_memory_.dead(std::move(what)); }
    bool flush() override
    {
        asked.add("");
        may_flush_.wait(false);
        return true;
    }
    journal_trouble trouble() const override { return {}; }
    std::string_view durability() const noexcept override { return "durable"; }
    records& kept() noexcept override { return in_memory_.kept(); }

    void let_flush()
    {
        may_flush_ = true;
        may_flush_.notify_all();
    }

    collected asked;

private:
    memory_journal in_memory_;
    std::atomic<bool> may_flush_{false};
};

} // namespace

BOOST_AUTO_TEST_CASE(acknowledge_a_dead_letter_once_it_is_on_disk)
{
    upstream all(3);
    slow_journal journal;
    bench bench(journal);
    bench.deploy(from(all)
                     .function(
                         "fails",
                         [](input& in, output&, function_component& self)
                         {
                             while (auto packet = in.receive())
                             {
                                 if (packet->text("text") == "1")
                                     self.fail(std::move(*packet), "is one");
                                 else
                                     self.deliver(std::move(*packet));
                             }
                         },
                         category::publisher)
                     .wire("numbers.out", "fails.in"));
    BOOST_TEST(journal.asked.wait_for(1));
    BOOST_TEST(all.low_water() <= 1);
    journal.let_flush();
    BOOST_TEST(all.wait_for_acknowledgements(3));
    BOOST_TEST(bench.letters().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
