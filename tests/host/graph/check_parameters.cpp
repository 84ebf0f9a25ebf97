// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a check finds of parameters, references and secrets.
#include "host/graph/check.hpp"
#include "tests/host/graph/graph_faults.hpp"

#include <penstock/package.hpp>

#include <boost/test/unit_test.hpp>

namespace penstock::host
{

BOOST_AUTO_TEST_SUITE(checks)

namespace
{

/// The faults of read -> pass -> discard where pass has these parameters.
list faults_of_params(const std::string& params, const resolver& resolve = {})
{
    return faults(graph({{"r", "read"},
                         {"p", R"({"component": "sample/pass", "params": )" + params + "}"},
                         {"d", "discard"}},
                        {{"r.out", "p.in"}, {"p.out", "d.in"}}),
                  resolve);
}

} // namespace

BOOST_AUTO_TEST_CASE(find_a_reference_inside_of_a_text)
{
    CHECK_FAULTS(faults_of_params(R"({"greeting": "x-${env:NAME}"})"),
                 "/nodes/p/params/greeting: has a reference in a text, which is not resolved; "
                 "\"${env:NAME}\" or \"${secret:NAME}\" as the whole was expected");
}

BOOST_AUTO_TEST_CASE(find_parameters_that_do_not_fit)
{
    CHECK_FAULTS(faults_of_params(R"({"greeting": "hej", "count": 10, "words": ["a"]})"));
    const list found = faults_of_params(R"({"greetin": "x", "count": 11, "words": "a"})");
    BOOST_REQUIRE(found.size() == 3u);
    BOOST_TEST(found[0].starts_with("/nodes/p/params/count: "));
    BOOST_TEST(found[1].starts_with("/nodes/p/params/words: "));
    BOOST_TEST(found[2] == "/nodes/p/params/greetin: unknown parameter \"greetin\"; "
                           "did you mean \"greeting\"?");
}

BOOST_AUTO_TEST_CASE(find_a_parameter_that_every_graph_must_give)
{
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"w", "write"}}, {{"r.out", "w.in"}})),
                 "/nodes/w/params/path: parameter \"path\" is missing; a value was expected");
}

BOOST_AUTO_TEST_CASE(take_references_to_fit_until_they_are_resolved)
{
    CHECK_FAULTS(faults_of_params(R"({"count": "${env:COUNT}", "words": ["${secret:WORD}"]})"));
    CHECK_FAULTS(faults(
        graph({{"r", "read"},
               {"w", R"({"component": "sample/write", "params": {"path": "${env:PATH_TO}"}})"}},
              {{"r.out", "w.in"}})));
}

BOOST_AUTO_TEST_CASE(resolve_references_when_told_how)
{
    const resolver resolve = [](const reference& wanted) -> std::optional<std::string>
    {
        if (wanted.name == "COUNT")
            return "4";
        if (wanted.name == "GREAT")
            return "4711";
        return std::nullopt;
    };
    CHECK_FAULTS(faults_of_params(R"({"count": "${env:COUNT}"})", resolve));
    CHECK_FAULTS(faults_of_params(R"({"greeting": "${env:OTHER}"})", resolve),
                 "/nodes/p/params/greeting: ${env:OTHER} is not known here; "
                 "an environment variable of that name was expected");
}

BOOST_AUTO_TEST_CASE(tell_what_a_components_own_rules_find)
{
    CHECK_FAULTS(faults_of_params(R"({"words": ["hello"]})"),
                 "/nodes/p/params/words: has \"hello\", the greeting; other words were expected");
    CHECK_FAULTS(faults_of_params(R"({"words": ["hello"], "greeting": "hej"})"));
}

BOOST_AUTO_TEST_CASE(tell_where_in_a_value_a_rule_finds_something)
{
    CHECK_FAULTS(faults_of_params(R"({"words": ["a", ""]})"),
                 "/nodes/p/params/words/1: is empty; a word was expected");
}

BOOST_AUTO_TEST_CASE(apply_rules_to_references_once_they_are_resolved_without_telling_their_values)
{
    const resolver resolve = [](const reference&) { return std::optional<std::string>("4711"); };
    const std::string params = R"({"words": ["${env:WORD}"], "greeting": "${secret:GREETING}"})";
    CHECK_FAULTS(faults_of_params(params));
    CHECK_FAULTS(faults_of_params(params, resolve),
                 "/nodes/p/params/words: has \"${env:WORD}\", the greeting; other words were "
                 "expected");
}

BOOST_AUTO_TEST_CASE(refuse_a_secret_that_is_written_out_without_telling_it)
{
    const auto faults_of = [](const std::string& params, const resolver& resolve = {})
    {
        return faults(graph({{"r", "read"},
                             {"p", R"({"component": "sample/publish", "params": )" + params + "}"}},
                            {{"r.out", "p.in"}}),
                      resolve);
    };
    const resolver resolve = [](const reference&) { return std::optional<std::string>("12345"); };
    CHECK_FAULTS(faults_of(R"({"token": "hunter2"})"),
                 "/nodes/p/params/token: is a secret that is written out; "
                 "\"${secret:NAME}\" or \"${env:NAME}\" was expected");
    CHECK_FAULTS(faults_of(R"({"token": "${env:T}", "routes": [{"port": "a", "key": "x"}]})"),
                 "/nodes/p/params/routes/0/key: is a secret that is written out; "
                 "\"${secret:NAME}\" or \"${env:NAME}\" was expected");
    CHECK_FAULTS(faults_of(R"({"token": "${secret:T}", "language": "${env:L}",
                               "routes": [{"port": "a", "key": "${secret:K}"}]})",
                           resolve));
    CHECK_FAULTS(faults_of(R"({"token": "${secret:T}"})",
                           [](const reference&) { return std::optional<std::string>("wrong"); }),
                 "/nodes/p/params/token: is ${secret:T}; another was expected");
}

BOOST_AUTO_TEST_CASE(never_tell_what_a_reference_stands_for)
{
    const resolver resolve = [](const reference&) { return std::optional<std::string>("4711"); };
    const list found = faults_of_params(R"({"count": "${secret:GREAT}"})", resolve);
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found[0].starts_with(
        "/nodes/p/params/count: what its reference stands for does not fit; "));
    BOOST_TEST(found[0].find("4711") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
