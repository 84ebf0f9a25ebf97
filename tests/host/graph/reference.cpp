// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/reference.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

namespace penstock::host
{

namespace
{

std::optional<std::string> known(const reference& wanted)
{
    if (wanted.from == reference::source::environment && wanted.name == "PORT")
        return "8080";
    if (wanted.from == reference::source::secret && wanted.name == "token")
        return "hunter2";
    return std::nullopt;
}

json::value resolve(const char* text, const json::object& schema, problem_list& problems)
{
    return resolve_references(parse_json(text), schema, known, json_place("/p"), problems);
}

std::string resolved(const char* text, const json::object& schema)
{
    problem_list problems;
    const std::string written = write_json(resolve(text, schema, problems));
    BOOST_TEST(problems.empty());
    return written;
}

} // namespace

BOOST_AUTO_TEST_SUITE(references)

BOOST_AUTO_TEST_CASE(are_whole_values)
{
    BOOST_REQUIRE(parse_reference("${env:A_1}").has_value());
    BOOST_TEST(parse_reference("${env:A_1}")->name == "A_1");
    BOOST_TEST((parse_reference("${env:A}")->from == reference::source::environment));
    BOOST_TEST((parse_reference("${secret:db.token-1}")->from == reference::source::secret));
    for (const char* text : {"", "env:A", "${env:A", "x${env:A}", "${env:A}x", "${env:}",
                             "${env:a b}", "${file:a}", "${A}", "$env:A", "${env:${env:A}}"})
        BOOST_TEST(!parse_reference(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(become_text_where_text_is_expected)
{
    BOOST_TEST(resolved(R"("${env:PORT}")", {{"type", "string"}}) == R"("8080")");
    BOOST_TEST(resolved(R"("${secret:token}")", {}) == R"("hunter2")");
}

BOOST_AUTO_TEST_CASE(become_what_the_schema_asks_for)
{
    BOOST_TEST(resolved(R"("${env:PORT}")", {{"type", "integer"}}) == "8080");
    BOOST_TEST(resolved(R"(["${env:PORT}", 1])",
                        {{"type", "array"}, {"items", {{"type", "integer"}}}}) == "[8080,1]");
    BOOST_TEST(resolved(R"("${secret:token}")", {{"type", "integer"}}) == R"("hunter2")");
}

BOOST_AUTO_TEST_CASE(are_resolved_inside_of_values)
{
    BOOST_TEST(resolved(R"({"a": ["${secret:token}", {"b": "${env:PORT}"}], "c": 1})", {}) ==
               R"({"a":["hunter2",{"b":"8080"}],"c":1})");
}

BOOST_AUTO_TEST_CASE(leave_other_values_alone)
{
    BOOST_TEST(resolved(R"(["a $env:PORT", "${PORT}", 1, null, true, 1.5])", {}) ==
               R"(["a $env:PORT","${PORT}",1,null,true,1.5])");
}

BOOST_AUTO_TEST_CASE(inside_of_a_text_are_refused_with_their_place)
{
    problem_list problems;
    refuse_partial_references(
        parse_json(R"({"a": ["x ${env:PORT}", "${env:PORT}", {"b": "${secret:no end"}],
                       "c": "${env:}", "${env:NAME}": 1, "d": "${PORT}"})"),
        json_place("/p"), problems);
    std::vector<std::string> told;
    for (const problem& each : std::move(problems).take())
        told.push_back(each.pointer + ": " + each.message);
    const std::string text = ": has a reference in a text, which is not resolved";
    const std::vector<std::string> expected{
        "/p/a/0" + text, "/p/a/2/b" + text, "/p/c" + text,
        "/p/${env:NAME}: has a reference in a name, which is not resolved"};
    BOOST_TEST(told == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(that_are_not_known_are_told_with_their_place)
{
    problem_list told;
    (void)resolve(R"(["${env:NOTHING}", {"x": "${secret:nothing}"}])", {}, told);
    const std::vector<problem> problems = std::move(told).take();
    BOOST_REQUIRE(problems.size() == 2u);
    BOOST_TEST(to_string(problems[0]) == "/p/0: ${env:NOTHING} is not known here; "
                                         "an environment variable of that name was expected");
    BOOST_TEST(to_string(problems[1]) ==
               "/p/1/x: ${secret:nothing} is not known here; a secret of that name was expected");
}

BOOST_AUTO_TEST_CASE(are_not_known_without_anyone_who_knows_them)
{
    problem_list problems;
    (void)resolve_references("${env:PORT}", {}, {}, json_place("/p"), problems);
    BOOST_TEST(std::move(problems).take().size() == 1u);
}

BOOST_AUTO_TEST_CASE(are_looked_for_below_a_long_name_as_fast_as_below_a_short_one)
{
    json::array many;
    for (int i = 0; i < 250'000; ++i)
        many.emplace_back("x");
    const json::object value{{std::string(500'000, 'k'), std::move(many)}};
    problem_list problems;
    const auto begin = std::chrono::steady_clock::now();
    refuse_partial_references(value, json_place("/p"), problems);
    refuse_written_secrets(value, {}, json_place("/p"), problems);
    (void)resolve_references(value, {}, known, json_place("/p"), problems);
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)));
    BOOST_TEST(problems.empty());
}

BOOST_AUTO_TEST_CASE(are_found_at_any_depth)
{
    BOOST_TEST(has_references(parse_json(R"({"a": [[{"b": "${env:X}"}]]})")));
    BOOST_TEST(!has_references(parse_json(R"({"${env:X}": ["env:X", 1, null]})")));
}

BOOST_AUTO_TEST_CASE(secrets_are_found_where_the_schema_says_and_hidden_in_texts)
{
    const json::object schema =
        parse_json(R"({"type": "array", "items": {"type": "object", "properties": {
            "name": {"type": "string"}, "key": {"type": "string", "writeOnly": true}}}})")
            .as_object();
    std::vector<std::string> found;
    collect_secrets(parse_json(R"([{"name": "a", "key": "hunter2"}, {"key": "ab"}])"), schema,
                    found);
    BOOST_TEST(found == (std::vector<std::string>{"hunter2", "ab"}),
               boost::test_tools::per_element());
    BOOST_TEST(without_secrets("hunter2hunter2 at a table", found) == "****** at a table");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
