// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "consumer.hpp"

#include "kafka_test.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <map>
#include <numeric>
#include <optional>
#include <thread>

BOOST_AUTO_TEST_SUITE(kafka_consumer)

using namespace kafka_test;
using namespace std::chrono_literals;
using kafka_package::consumer;
using kafka_package::received_message;

namespace
{

using offsets = std::map<std::int32_t, std::vector<std::int64_t>>; // of each partition

constexpr std::size_t most_messages = 50;

/// A member of a group that has the name of its topic.
class member
{
public:
    explicit member(const std::string& topic)
        : reader_({{"bootstrap.servers", shared_cluster().addresses().front()},
                   {"group.id", topic},
                   {"enable.auto.commit", "false"},
                   {"auto.offset.reset", "earliest"},
                   {"enable.partition.eof", "true"},
                   {"partition.assignment.strategy", "cooperative-sticky"},
                   {"session.timeout.ms", "6000"}},
                  {.topics = {topic},
                   .begins_at_end = false,
                   .most_messages = most_messages,
                   .most_bytes = 1'000'000})
    {
    }

    consumer* operator->() noexcept { return &reader_; }

    /// Waits for what a test expects of it, for a time at most.
    template <typename Condition>
    void require_soon(Condition&& is_so)
    {
        const auto deadline = std::chrono::steady_clock::now() + 60s;
        while (!is_so() && std::chrono::steady_clock::now() < deadline)
            std::this_thread::sleep_for(10ms);
        BOOST_TEST_REQUIRE(is_so());
    }

    void require_pause()
    {
        require_soon([&] { return reader_.counted().pauses > 0; });
    }

    /// Takes some messages, at least one.
    std::vector<received_message> take(std::size_t most)
    {
        std::vector<received_message> found;
        require_soon(
            [&]
            {
                if (found.empty())
                    found = reader_.take(most, 100ms);
                return !found.empty();
            });
        return found;
    }

    /// Takes messages until there are so many in each of some partitions, and all that come within
    /// a moment behind them.
    void take_all(offsets& into, const std::map<std::int32_t, std::size_t>& expected)
    {
        const auto deadline = std::chrono::steady_clock::now() + 60s;
        const auto has_all = [&]
        {
            for (const auto& [partition, count] : expected)
                if (into[partition].size() < count)
                    return false;
            return true;
        };
        std::vector<received_message> found;
        do
        {
            found = reader_.take(1000, 100ms);
            for (const received_message& each : found)
                into[each.from.number].push_back(each.offset);
        } while ((!has_all() || !found.empty()) && std::chrono::steady_clock::now() < deadline);
    }

private:
    consumer reader_;
};

strings numbers(std::size_t count)
{
    strings made;
    for (std::size_t n = 0; n < count; ++n)
        made.push_back(std::to_string(n));
    return made;
}

std::vector<std::int64_t> offsets_from(std::int64_t first, std::size_t count)
{
    std::vector<std::int64_t> made(count);
    std::iota(made.begin(), made.end(), first);
    return made;
}

constexpr std::size_t in_each = 1000;

std::string topic_of_two_partitions()
{
    std::string topic = shared_cluster().create_topic(2);
    shared_cluster().put(topic, numbers(in_each), 0);
    shared_cluster().put(topic, numbers(in_each), 1);
    return topic;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_consumer_that_nobody_takes_from_stands_still_and_leaves_nothing_out)
{
    constexpr std::size_t messages = 3000;
    const std::string topic = shared_cluster().create_topic();
    const strings expected = numbers(messages);
    shared_cluster().put(topic, expected);
    member reader(topic);
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    strings found;
    for (std::uint64_t pauses = 1; pauses <= 2; ++pauses)
    {
        reader.require_soon([&] { return reader->counted().pauses >= pauses; });
        BOOST_TEST(reader->counted().pauses == pauses);
        while (found.size() < messages * pauses / 2 && std::chrono::steady_clock::now() < deadline)
            for (auto& each : reader->take(1000, 100ms))
                found.push_back(std::move(each.body));
    }
    BOOST_TEST(found == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_partition_that_is_taken_away_while_it_stands_goes_on_when_it_comes_back)
{
    const std::string topic = topic_of_two_partitions();
    member first(topic);
    first.require_pause();
    std::optional<member> second(topic);
    const std::int32_t moved = second->take(1).front().from.number;
    const std::int32_t kept = 1 - moved;
    offsets found;
    first.take_all(found, {{kept, in_each}});
    BOOST_TEST(found[kept] == offsets_from(0, in_each), boost::test_tools::per_element());
    BOOST_TEST(found[moved].empty());
    second.reset();
    first.take_all(found, {{moved, in_each}});
    BOOST_TEST(found[moved] == offsets_from(0, in_each), boost::test_tools::per_element());
    BOOST_TEST(found[kept].size() == in_each);
}

BOOST_AUTO_TEST_CASE(a_partition_that_comes_while_all_stand_begins_where_it_was_committed)
{
    constexpr std::int64_t done = 10;
    const std::string topic = topic_of_two_partitions();
    member first(topic);
    first.require_pause();
    std::optional<member> second(topic);
    received_message last;
    while (last.offset < done - 1)
        last = second->take(1).front();
    const std::int32_t moved = last.from.number;
    (*second)->commit({{last.from, last.assignment, done}});
    BOOST_TEST_REQUIRE((*second)->await_committed(20s));
    const std::uint64_t before = first->counted().rebalances;
    second.reset();
    first.require_soon([&] { return first->counted().rebalances > before; });
    offsets found;
    const std::size_t left = in_each - static_cast<std::size_t>(done);
    first.take_all(found, {{0, left}, {1, left}});
    BOOST_TEST(found[moved] == offsets_from(done, left), boost::test_tools::per_element());
    BOOST_TEST(found[1 - moved] == offsets_from(0, in_each), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_memory_of_a_message_is_that_of_its_key_and_headers_too)
{
    constexpr std::size_t large = 10'000;
    const std::string text(large, 'x');
    const std::string topic = shared_cluster().create_topic();
    shared_cluster().put(
        topic, std::vector<topic_message>{
                   {.body = "", .key = text, .headers = {{"a", text}, {"content-type", text}}}});
    BOOST_TEST(member(topic).take(1).front().bytes() > 3 * large);
}

BOOST_AUTO_TEST_CASE(a_commit_that_the_brokers_do_not_allow_is_told_and_made_again)
{
    constexpr std::int16_t to_commit = 8;
    const std::string topic = shared_cluster().create_topic();
    shared_cluster().put(topic, numbers(1));
    member reader(topic);
    const received_message only = reader.take(1).front();
    shared_cluster().fail_next(to_commit, {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
                                           RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED});
    reader->commit({{only.from, only.assignment, 1}});
    reader.require_soon([&] { return !reader->trouble().empty(); });
    BOOST_TEST(reader->trouble() == "Broker: Topic authorization failed");
    BOOST_TEST(reader->await_committed(20s));
    BOOST_TEST(shared_cluster().committed(topic, topic) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
