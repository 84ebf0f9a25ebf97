// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The rules of docs/authors.md, which quotes the parts between the marks.
#include "tests/docs/follow.hpp"

#include <penstock/sdk.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(author_rules)

namespace
{

// [start]
class sample final : public penstock::transformer
{
    penstock::parameter<double> share{*this, "share", 0.5, "How many packets are marked.",
                                      penstock::range{0, 1}};
    std::bernoulli_distribution chance_;

    void start() override { chance_ = std::bernoulli_distribution(*share); }
    // [end]

    void process(penstock::packet& packet) override { packet.set("marked", chance_(random_)); }

    std::minstd_rand random_;
};

class read_orders final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};
    // [adapter]
    penstock::parameter<std::vector<std::string>> further{
        *this, "types", {}, "Further media types to read."};
    penstock::accepts types{*this, {"application/json", "text/csv"}, further};

    std::optional<penstock::json_options> json_body(std::string_view mimetype) const override
    {
        return mimetype == "application/json" ? std::optional(penstock::json_options())
                                              : std::nullopt;
    }
    // [end]

    void run() override
    {
        while (auto order = in.receive())
            out.send(std::move(*order));
    }
};

class measure final : public penstock::transformer
{
    // [blocking]
    void process(penstock::packet& packet) override
    {
        const std::string path = packet.text("path");
        const auto size = penstock::blocking([&] { return std::filesystem::file_size(path); });
        packet.set("size", size);
    }
    // [end]
};

// [check]
class between final : public penstock::filter
{
    penstock::parameter<double> least{*this, "least", 0, "The smallest number that passes."};
    penstock::parameter<double> most{*this, "most", 100, "The largest number that passes."};

    void check(penstock::problems& found) const override
    {
        if (*least > *most)
            found.add(most, "is below least; a number from " + std::to_string(*least) +
                                " on was expected");
    }
    // [end]

    bool keep(const penstock::packet& packet) override
    {
        const double number = packet.get("number").to_number<double>();
        return number >= *least && number <= *most;
    }
};

// [kinds]
class send_mail final : public penstock::publisher
{
    penstock::parameter<penstock::secret> password{*this, "password", penstock::no_default,
                                                   "Of the account that sends."};
    penstock::parameter<std::optional<std::string>> reply_to{
        *this, "reply_to", std::nullopt, "Where answers go, if not to the sender.",
        penstock::example{"help@example.org"}};
    penstock::parameter<std::string> priority{*this, "priority", "normal", "How urgent a mail is.",
                                              penstock::choices{"low", "normal", "high"}};
    penstock::parameter<std::vector<penstock::json::object>> headers{
        *this,
        "headers",
        {},
        "What to add to each mail.",
        penstock::members{penstock::member_of<std::string>("name", "Of the header."),
                          penstock::member_of<std::optional<std::string>>("value", "Its text.")},
        penstock::example{penstock::json::array{penstock::json::object{{"name", "List-Id"}}}}};
    penstock::parameter<std::chrono::seconds> patience{*this, "patience", std::chrono::seconds(30),
                                                       "How long the server may take."};
    // [end]

public:
    static std::vector<std::string> seen; // what a test run was given

private:
    void write(penstock::batch&) override
    {
        seen = {password->reveal(), reply_to->value_or("none"), *priority,
                std::to_string(headers->size()), std::to_string(patience->count())};
    }
};

std::vector<std::string> send_mail::seen;

// [status]
constexpr auto send_entry =
    penstock::component_of<send_mail>("send", penstock::category::publisher, "Sends a mail each.")
        .since("1.2.0")
        .version("0.3.0")
        .beta();
constexpr auto post_entry =
    penstock::component_of<send_mail>("post", penstock::category::publisher, "Sends a mail each.")
        .deprecated("mail/send");
// [end]

class append_lines final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::parameter<std::string> path{*this, "path", penstock::no_default, "The file."};

    // [commit]
    void run() override
    {
        while (auto batch = in.receive_some(1000, std::chrono::milliseconds(100)))
        {
            std::string lines;
            for (const penstock::packet& packet : batch)
                lines += packet.text("text") + '\n';
            penstock::blocking([&] { append(lines); });
            for (penstock::packet& packet : batch)
                deliver(std::move(packet)); // only now
        }
    }
    // [end]

    void append(const std::string& lines) const { std::ofstream(*path, std::ios::app) << lines; }
};

// [publisher]
class write_lines final : public penstock::publisher
{
    penstock::parameter<std::string> path{*this, "path", penstock::no_default, "The file."};

    void write(penstock::batch& batch) override
    {
        std::string lines;
        for (std::size_t i = 0; i < batch.size(); ++i)
        {
            const std::string text = batch[i].text("text", "");
            if (text.empty())
                fail(i, "text: is missing; a line was expected"); // this one alone
            lines += text.empty() ? "" : text + '\n';
        }
        if (!penstock::blocking([&] { return append(lines); }))
            throw penstock::unavailable(*path + ": cannot be written"); // the others wait
    }

    bool append(const std::string& lines) const
    {
        return (std::ofstream(*path, std::ios::app) << lines).good();
    }
};
// [end]

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

using word_list = std::set<std::string>;

int loads = 0;

std::unique_ptr<word_list> load(const std::string& path)
{
    ++loads;
    auto words = std::make_unique<word_list>();
    std::ifstream file(path);
    for (std::string word; file >> word;)
        words->insert(word);
    return words;
}

class known final : public penstock::filter
{
    penstock::parameter<std::string> path{*this, "path", penstock::no_default, "A list of words."};
    std::shared_ptr<word_list> words_;

    // [shared]
    void start() override
    {
        words_ = penstock::shared<word_list>("words of " + *path, [&] { return load(*path); });
    }
    // [end]

    bool keep(const penstock::packet& packet) override
    {
        return words_->contains(packet.text("word"));
    }
};

std::vector<penstock::packet> one(const char* field, const std::string& value)
{
    std::vector<penstock::packet> packets(1);
    packets[0].set(field, value);
    return packets;
}

// A file that goes with its object.
struct file
{
    explicit file(const std::string& text) { std::ofstream(path) << text; }

    ~file() { std::filesystem::remove(path); }

    const std::string path = (std::filesystem::temp_directory_path() /
                              ("penstock-rules-" + std::to_string(std::random_device()())))
                                 .string();
};

} // namespace

BOOST_AUTO_TEST_CASE(set_up_has_the_parameters)
{
    auto result = penstock::testing::run<sample>({{"share", 1}}, one("text", "x"));
    BOOST_TEST(result.out().at(0).get("marked").as_bool());
}

BOOST_AUTO_TEST_CASE(an_adapter_declares_what_bodies_are)
{
    read_orders made;
    BOOST_TEST(penstock::configure(made, {{"types", {"text/x-order"}}}).empty());
    BOOST_TEST(penstock::describe(made).accepts.back() == "text/x-order");
    const penstock::component& adapter = made;
    BOOST_TEST(adapter.json_body("application/json").has_value());
    BOOST_TEST(!adapter.json_body("text/csv").has_value());
}

BOOST_AUTO_TEST_CASE(rules_across_parameters_are_checked_before_anything_runs)
{
    BOOST_CHECK_EXCEPTION(static_cast<void>(penstock::testing::run<between>({{"least", 200}})),
                          penstock::parameter_error,
                          [](const penstock::parameter_error& error)
                          {
                              return std::string(error.what()) ==
                                     "most: is below least; a number from 200.000000 on was "
                                     "expected";
                          });
}

BOOST_AUTO_TEST_CASE(parameters_are_of_many_kinds)
{
    const penstock::json::object params{
        {"password", "hunter2"}, // a graph gives a reference
        {"priority", "high"},
        {"headers", penstock::json::array{penstock::json::object{{"name", "X"}}}},
        {"patience", "1m"}};
    static_cast<void>(penstock::testing::run<send_mail>(params, one("text", "hello")));
    const std::vector<std::string> expected{"hunter2", "none", "high", "1", "60"};
    BOOST_TEST(send_mail::seen == expected, boost::test_tools::per_element());
    for (const auto& [name, value] : penstock::json::object{
             {"priority", "urgent"},
             {"reply_to", 1},
             {"patience", "500ms"},
             {"headers", penstock::json::array{penstock::json::object{{"value", "X"}}}}})
    {
        penstock::json::object wrong = params;
        wrong[name] = value;
        BOOST_CHECK_THROW(static_cast<void>(penstock::testing::run<send_mail>(wrong)),
                          penstock::parameter_error);
    }
}

BOOST_AUTO_TEST_CASE(a_component_tells_its_age_and_status)
{
    static_assert(send_entry.standing == penstock::status::beta);
    static_assert(std::string_view(send_entry.introduced) == "1.2.0");
    static_assert(std::string_view(send_entry.own_version) == "0.3.0");
    static_assert(std::string_view(post_entry.successor) == "mail/send");
    BOOST_TEST(penstock::name_of(post_entry.standing) == "deprecated");
}

BOOST_AUTO_TEST_CASE(blocking_work_returns_what_it_found_and_its_failure_is_the_packets)
{
    const file made("12345");
    auto result = penstock::testing::run<measure>({}, one("path", made.path));
    BOOST_TEST(result.out().at(0).get("size") == 5);
    BOOST_TEST(penstock::testing::run<measure>({}, one("path", "/nowhere")).failed.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_batch_is_committed_before_it_is_let_go)
{
    const file made("");
    static_cast<void>(
        penstock::testing::run<append_lines>({{"path", made.path}}, one("text", "hello")));
    std::ostringstream text;
    text << std::ifstream(made.path).rdbuf();
    BOOST_TEST(text.str() == "hello\n");
}

BOOST_AUTO_TEST_CASE(a_publisher_delivers_a_batch_but_for_what_it_marks)
{
    const file made("");
    std::vector<penstock::packet> packets(2);
    packets[1].set("text", "hello");
    const auto result =
        penstock::testing::run<write_lines>({{"path", made.path}}, std::move(packets));
    BOOST_TEST(result.delivered.size() == 1u);
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second == "text: is missing; a line was expected");
    BOOST_CHECK_THROW(static_cast<void>(penstock::testing::run<write_lines>(
                          {{"path", "/nowhere/at/all"}}, one("text", "hello"))),
                      penstock::unavailable);
}

BOOST_AUTO_TEST_CASE(a_source_acknowledges_what_has_ended_and_begins_there)
{
    const file made("one\ntwo\nthr");
    const penstock::testing::data_directory kept;
    const penstock::json::object params{{"path", made.path}};
    auto first = penstock::testing::run<follow>(params);
    BOOST_TEST_REQUIRE(first.out().size() == 2u);
    BOOST_TEST(first.out()[1].text("text") == "two");
    BOOST_TEST(first.acknowledged.back() == 8);
    std::ofstream(made.path, std::ios::app) << "ee\n";
    auto second = penstock::testing::run<follow>(params);
    BOOST_TEST_REQUIRE(second.out().size() == 1u);
    BOOST_TEST(second.out()[0].text("text") == "three");
    BOOST_CHECK_THROW(static_cast<void>(penstock::testing::run<follow>({{"path", "/nowhere"}})),
                      penstock::unavailable);
}

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

BOOST_AUTO_TEST_CASE(what_is_shared_is_made_once)
{
    const file made("yes no");
    known first, second;
    penstock::testing::inputs packets, more;
    packets.emplace("in", one("word", "yes"));
    more.emplace("in", one("word", "maybe"));
    const penstock::json::object params{{"path", made.path}};
    BOOST_TEST(penstock::testing::run(first, params, std::move(packets)).out().size() == 1u);
    BOOST_TEST(penstock::testing::run(second, params, std::move(more)).out().empty());
    BOOST_TEST(loads == 1);
}

BOOST_AUTO_TEST_SUITE_END()
