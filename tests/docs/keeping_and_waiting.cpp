// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What docs/authors.md tells of what a component keeps, waits for and makes; it quotes the
// parts between the marks.
#include "tests/docs/one_packet.hpp"

#include <penstock/sdk.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace penstock::docs_tests;

BOOST_AUTO_TEST_SUITE(author_rules)

namespace
{

class poll final : public penstock::component
{
    penstock::output out{*this, "out"};
    penstock::parameter<std::chrono::seconds> every{*this, "every", std::chrono::seconds(60),
                                                    "The time between two looks."};
    int looks_ = 0;

    // [wait]
    void run() override
    {
        for (;; penstock::wait_for(*every)) // throws `stopped` when the graph ends
        {
            if (const auto found = look())
                out.send(penstock::packet({{"found", *found}}));
            else
                return;
        }
    }
    // [end]

    std::optional<int> look() { return looks_ < 3 ? std::optional(++looks_) : std::nullopt; }
};

// [metrics]
class count_words final : public penstock::transformer
{
    penstock::counter words{*this, "words", "Words in all texts."};
    penstock::gauge longest{*this, "longest_text_words", "Words in the longest text so far."};
    penstock::histogram texts{*this, "text_words", "Words of a text.", {10, 100, 1000}};
    std::size_t most_ = 0;

    void process(penstock::packet& packet) override
    {
        const std::size_t found = words_in(packet.text("text"));
        words.add(found);
        texts.observe(static_cast<double>(found));
        longest.set(static_cast<double>(most_ = std::max(most_, found)));
    }
    // [end]

    static std::size_t words_in(const std::string& text)
    {
        std::istringstream in(text);
        std::size_t count = 0;
        for (std::string word; in >> word;)
            ++count;
        return count;
    }
};

// [window]
class window final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};

    void run() override
    {
        while (auto first = in.receive())
        {
            int count = 1;
            const auto end = penstock::now() + std::chrono::seconds(10);
            for (auto next = in.receive_until(end); next; next = in.receive_until(end), ++count)
                drop(std::move(*next));
            penstock::packet whole = first->derive();
            whole.set("count", count);
            out.send(std::move(whole));
        }
    }
};
// [end]

// Fails for a while, as what it asks does.
class ask final : public penstock::transformer
{
    int calls_ = 0;

    void process(penstock::packet&) override
    {
        if (++calls_ < 3)
            throw std::runtime_error("no answer");
    }
};

class split final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};

    // [derive]
    void run() override
    {
        while (auto packet = in.receive())
        {
            std::istringstream text(packet->text("text"));
            if ((text >> std::ws).eof())
                drop(std::move(*packet)); // no child stands for it
            for (std::string word; text >> word;)
            {
                penstock::packet child = packet->derive();
                child.set("word", word);
                out.send(std::move(child));
            }
        }
    }
    // [end]
};

// [state]
class sequence final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};
    penstock::state last{*this, 0};

    void run() override
    {
        while (auto packet = in.receive())
        {
            *last = last->to_number<std::int64_t>() + 1;
            packet->set("number", *last);
            last.save(); // before the packet goes on: no number is given twice
            out.send(std::move(*packet));
        }
    }
};
// [end]

} // namespace

BOOST_AUTO_TEST_CASE(a_state_is_kept)
{
    const penstock::testing::data_directory kept;
    (void)penstock::testing::run<sequence>({}, one("text", "x"));
    auto result = penstock::testing::run<sequence>({}, one("text", "y"));
    BOOST_TEST(result.out().at(0).get("number") == 2);
}

BOOST_AUTO_TEST_CASE(a_wait_is_over_at_once_in_a_test_run)
{
    auto result = penstock::testing::run<poll>({{"every", "1h"}});
    BOOST_TEST(result.out().size() == 3u);
    BOOST_TEST((result.elapsed == std::chrono::hours(3)));
}

BOOST_AUTO_TEST_CASE(metrics_are_told_by_a_test_run)
{
    std::vector<penstock::packet> packets = one("text", "a b c");
    packets.emplace_back().set("text", "d");
    const auto result = penstock::testing::run<count_words>({}, std::move(packets));
    BOOST_TEST(result.metrics.at("words") == 4);
    BOOST_TEST(result.metrics.at("longest_text_words") == 3);
    BOOST_TEST(result.metrics.at("text_words") == 2);
}

// [conditions]
BOOST_AUTO_TEST_CASE(an_event_after_eleven_seconds_opens_a_second_window)
{
    using namespace std::chrono_literals;
    using penstock::testing::at;
    auto result = penstock::testing::run<window>(
        {}, penstock::testing::timetable(at(0s, penstock::packet()), at(4s, penstock::packet()),
                                         at(11s, penstock::packet())));
    BOOST_TEST_REQUIRE(result.out().size() == 2u);
    BOOST_TEST(result.out()[0].get("count") == 2);
    BOOST_TEST(result.out()[1].get("count") == 1);
}

BOOST_AUTO_TEST_CASE(who_does_not_answer_is_asked_again)
{
    auto result = penstock::testing::run<ask>({}, one("text", "x"), {.attempts = 3});
    BOOST_TEST(result.out().size() == 1u);
}
// [end]

BOOST_AUTO_TEST_CASE(children_are_derived)
{
    auto result = penstock::testing::run<split>({}, one("text", "one two"));
    BOOST_TEST_REQUIRE(result.out().size() == 2u);
    BOOST_TEST(result.out()[1].text("word") == "two");
    BOOST_TEST(!(result.out()[0].id() == result.out()[1].id()));
}

BOOST_AUTO_TEST_SUITE_END()
