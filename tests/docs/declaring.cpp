// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What docs/authors.md tells of declarations; it quotes the parts between the marks.
#include "tests/docs/one_packet.hpp"

#include <penstock/sdk.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace penstock::docs_tests;

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

BOOST_AUTO_TEST_SUITE_END()
