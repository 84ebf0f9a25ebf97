// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/retry_queue.hpp"

#include "host/lane/entry_lineage.hpp"

#include <penstock/component.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace penstock;
using namespace penstock::host;

namespace
{

using access = detail::packet_access;
using time_point = retry_queue::clock::time_point;
using namespace std::chrono_literals;

class nobody final : public entry_watcher
{
    void finished(std::unique_ptr<lane_entry>, receipt_result) noexcept override {}
    void abandoned(std::unique_ptr<lane_entry>) noexcept override {}
    const std::shared_ptr<byte_budget>& answer_room() const noexcept override { return room_; }

    std::shared_ptr<byte_budget> room_;
};

class no_component final : public component
{
    void run() override {}
};

class no_runtime final : public detail::runtime
{
    detail::arrival refill(input&, const detail::wait&) override { return {}; }
    void make_room(output&) override {}
    void consumed(const packet&) noexcept override {}
    void hand_back(packet&&) noexcept override {}
    void hand_back_outside(packet&&) noexcept override {}
    void deliver(packet&&) override {}
    void drop(packet&&) override {}
    void fail(packet&&, std::string) override {}
    void retry(packet&&, std::string) override {}
    void threw(std::string) override {}
    void away(std::string, std::chrono::milliseconds) override {}
    [[nodiscard]] bool is_away() const noexcept override { return false; }
    void reply(const packet&) override {}
    void blocking(detail::callable) override {}
    void wait_until(std::chrono::steady_clock::time_point) override {}
    void acquire(std::string_view) override {}
    void log(severity, std::string_view) noexcept override {}
    [[nodiscard]] std::uint32_t received() const noexcept override { return 0; }
};

// Parks packets that are known by a letter and may have keys.
struct fixture
{
    nobody watcher;
    retry_queue lot;
    const time_point now = retry_queue::clock::now();
    no_runtime runtime;
    std::uint32_t count = 0;

    packet made(const std::string& name, const std::vector<std::string>& keys)
    {
        packet whole;
        for (const std::string& key : keys)
        {
            auto request = std::make_unique<lane_entry>();
            request->key = key;
            auto* lineage = new entry_lineage(std::move(request), 0, watcher);
            packet part;
            access::attach(part, *lineage);
            whole.join(std::move(part));
        }
        whole.set("text", name);
        return whole;
    }

    // A packet as one that a component has received.
    packet received(const std::string& name, const std::vector<std::string>& keys = {})
    {
        packet slot = made(name, keys);
        access::enter({&slot, 1}, ++count, in.index());
        detail::port_access::connect(in, runtime);
        detail::port_access::set_span(in, &slot, &slot + 1);
        return std::move(*in.receive());
    }

    std::string next(time_point at)
    {
        if (lot.due(at) == nullptr)
            return "none";
        packet taken = lot.take();
        return taken.text("text");
    }

private:
    no_component owner;
    input in{owner, "in"};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(a_retry_queue, fixture)

BOOST_AUTO_TEST_CASE(gives_what_is_due_first_and_nothing_before_its_time)
{
    packet late = received("late");
    packet soon = received("soon");
    lot.add(std::move(late), now + 2s, count, 0);
    lot.add(std::move(soon), now + 1s, count, 0);
    BOOST_TEST(next(now) == "none");
    BOOST_TEST(next(now + 2s) == "soon");
    BOOST_TEST(next(now + 1s) == "none");
    BOOST_TEST(next(now + 2s) == "late");
    BOOST_TEST(lot.empty());
}

BOOST_AUTO_TEST_CASE(gives_those_due_at_once_in_the_order_they_failed_in)
{
    for (const char* name : {"a", "b", "c"})
        lot.add(received(name), now, count, 0);
    for (const char* name : {"a", "b", "c"})
        BOOST_TEST(next(now) == name);
}

BOOST_AUTO_TEST_CASE(tells_of_the_one_that_is_due_whether_it_is_to_come_alone)
{
    lot.add(received("a"), now, count, 0);
    lot.add(received("b"), now, count, 0, true);
    lot.add(received("c"), now + 1s, count, 0);
    BOOST_TEST(!lot.is_due_alone());
    BOOST_TEST(next(now) == "a");
    BOOST_TEST(lot.is_due_alone());
    BOOST_TEST(next(now) == "b");
    BOOST_TEST(!lot.is_due_alone());
}

BOOST_AUTO_TEST_CASE(has_packets_of_its_keys_wait_behind_it)
{
    lot.add(received("a", {"k"}), now + 1s, count, 0);
    packet same = made("b", {"k"});
    packet other = made("c", {"l"});
    packet none = made("d", {});
    BOOST_TEST(lot.must_wait(same));
    BOOST_TEST(!lot.must_wait(other));
    BOOST_TEST(!lot.must_wait(none));
    lot.wait_behind(std::move(same), 0);
    BOOST_TEST(next(now) == "none");
    BOOST_TEST(next(now + 1s) == "a");
    BOOST_TEST(next(now) == "b");
    BOOST_TEST(!lot.holds_keys());
}

BOOST_AUTO_TEST_CASE(knows_all_keys_of_a_packet_that_gathers_others)
{
    lot.add(received("a", {"k", "l"}), now + 1s, count, 0);
    lot.wait_behind(made("b", {"l", "m"}), 0);
    packet after = made("c", {"m"});
    BOOST_TEST(lot.must_wait(after));
    lot.wait_behind(std::move(after), 0);
    BOOST_TEST(next(now) == "none");
    BOOST_TEST(next(now + 1s) == "a");
    BOOST_TEST(next(now) == "b");
    BOOST_TEST(next(now) == "c");
}

BOOST_AUTO_TEST_CASE(puts_one_that_fails_again_before_those_that_waited_behind_it)
{
    lot.add(received("a", {"k"}), now, count, 0);
    lot.wait_behind(made("b", {"k"}), 0);
    BOOST_TEST(next(now) == "a");
    lot.add(received("a", {"k"}), now + 1s, count, 0);
    BOOST_TEST(next(now) == "none");
    BOOST_TEST(next(now + 1s) == "a");
    BOOST_TEST(next(now) == "b");
}

BOOST_AUTO_TEST_CASE(puts_those_that_were_in_hand_together_in_the_order_they_came_in)
{
    packet first = received("a", {"k"});
    packet second = received("b", {"k"});
    packet third = received("c", {"k"});
    lot.add(std::move(second), now, count, 0);
    lot.add(std::move(third), now, count, 0);
    lot.add(std::move(first), now + 1s, count, 0);
    BOOST_TEST(next(now) == "none");
    BOOST_TEST(next(now + 1s) == "a");
    lot.add(received("a", {"k"}), now + 2s, count, 0);
    BOOST_TEST(next(now + 1s) == "none");
    BOOST_TEST(next(now + 2s) == "a");
    BOOST_TEST(next(now) == "b");
    BOOST_TEST(next(now) == "c");
}

BOOST_AUTO_TEST_CASE(knows_the_earliest_request_of_those_that_it_has)
{
    lot.add(received("a", {"k"}), now, count, 3);
    lot.wait_behind(made("b", {"k"}), 4);
    lot.wait_behind(made("c", {"k"}), 5);
    for (const std::uint64_t request : {3U, 4U, 5U})
    {
        BOOST_TEST(lot.first_request() == request);
        BOOST_TEST(lot.due_request() == request);
        (void)next(now);
    }
}

BOOST_AUTO_TEST_CASE(knows_the_request_of_one_that_was_taken_until_it_is_to_forget)
{
    lot.add(received("a"), now, count, 3);
    packet taken = lot.take();
    BOOST_TEST((lot.request_of_taken(taken.id()) == 3U));
    lot.forget_taken();
    BOOST_TEST((lot.request_of_taken(taken.id()) == std::nullopt));
}

BOOST_AUTO_TEST_SUITE_END()
