// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

struct trial_host
{
    explicit trial_host(const std::string& time = "20s")
        : host(home, {"--try-time", time, "--packages", PENSTOCK_EVIL})
    {
    }

    response attempt(const std::string& component, const std::string& body)
    {
        return host->post("/api/components/" + component + "/try", "application/json", body);
    }

    // The host goes on as if nothing had been.
    void check_health() { BOOST_TEST(host->ask("GET", "/livez").status == 200U); }

    scratch home;
    live_host host;
};

struct impatient_host : trial_host
{
    impatient_host() : trial_host("500ms") {}
};

std::string failing(const std::string& how)
{
    return R"({"params": {"field": "a", "value": 1, "how": ")" + how +
           R"("}, "packets": [{"fields": {"a": 1}}]})";
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(trials, trial_host)

BOOST_AUTO_TEST_CASE(a_component_is_tried_on_packets)
{
    const response tried = attempt("fields/set", R"({"params": {"field": "mark", "value": 7},
                                  "packets": [{"fields": {"a": 1}}, {"fields": {"a": 2}}]})");
    BOOST_TEST(tried.status == 200U);
    const json::value came = body_of(tried);
    BOOST_TEST_REQUIRE(came.at("outputs").at("out").as_array().size() == 2U);
    BOOST_TEST(came.at("outputs").at("out").at(1).at("fields").at("a") == 2);
    BOOST_TEST(came.at("outputs").at("out").at(1).at("fields").at("mark") == 7);
    BOOST_TEST(came.at("failed").as_array().empty());
    BOOST_TEST(came.at("milliseconds").to_number<int>() >= 0);
}

BOOST_AUTO_TEST_CASE(what_fails_is_told_with_its_reason)
{
    const response tried = attempt("json/read", R"({"packets": [{"data": "{broken"}]})");
    BOOST_TEST(tried.status == 200U);
    const json::value came = body_of(tried);
    BOOST_TEST_REQUIRE(came.at("failed").as_array().size() == 1U);
    BOOST_TEST(!text_of(came.at("failed").at(0).at("reason")).empty());
    BOOST_TEST(text_of(came.at("failed").at(0).at("packet").at("data")) == "{broken");
}

BOOST_AUTO_TEST_CASE(wrong_parameters_and_packets_are_problems)
{
    for (const auto& [body, pointer] :
         {std::pair{R"({"params": {"field": 7, "value": 1}, "packets": []})", "/params/field"},
          std::pair{R"({"params": {"field": "a", "value": 1}, "packets": [{"shape": 1}]})",
                    "/packets/0"},
          std::pair{R"({"params": {"field": "a", "value": 1}, "packets": [{}], "input": "on"})",
                    "/input"}})
    {
        const response refused = attempt("fields/set", body);
        BOOST_TEST(refused.status == 422U);
        BOOST_TEST(text_of(body_of(refused).at("problems").at(0).at("pointer")) == pointer);
    }
    BOOST_TEST(attempt("fields/set", "[").status == 400U);
    BOOST_TEST(attempt("fields/set", "[]").status == 400U);
    BOOST_TEST(attempt("fields/unheard_of", "{}").status == 404U);
    BOOST_TEST(host->ask("GET", "/api/components/fields/set/try").status == 405U);
}

BOOST_AUTO_TEST_CASE(a_component_that_crashes_crashes_alone)
{
    for (const char* how : {"segfault", "abort", "overflow"})
    {
        const response crashed = attempt("debug/fail", failing(how));
        BOOST_TEST(crashed.status == 502U);
        BOOST_TEST(has(text_of(body_of(crashed).at("detail")), "crashed"));
    }
    check_health();
}

BOOST_FIXTURE_TEST_CASE(a_component_that_hangs_is_ended, impatient_host)
{
    const response late = attempt("debug/fail", failing("hang"));
    BOOST_TEST(late.status == 504U);
    BOOST_TEST(has(text_of(body_of(late).at("detail")), "500 ms"));
    check_health();
}

BOOST_FIXTURE_TEST_CASE(a_source_without_an_end_is_ended, impatient_host)
{
    const unsigned status = attempt("debug/generate", R"({"params": {"count": 0}})").status;
    BOOST_TEST((status == 504U || status == 502U)); // of time, or of memory
    check_health();
}

BOOST_AUTO_TEST_CASE(a_component_that_is_tried_writes_no_files)
{
    const std::string path = home.at("written.ndjson");
    const response tried = attempt("files/write", R"({"params": {"path": ")" + path +
                                                      R"("}, "packets": [{"fields": {"a": 1}}]})");
    BOOST_TEST(tried.status == 200U);
    BOOST_TEST(!body_of(tried).at("failed").as_array().empty());
    std::error_code none;
    const auto size = std::filesystem::file_size(path, none);
    BOOST_TEST((none || size == 0U));
    if (body_of(tried).at("confined").as_bool())
        BOOST_TEST(!std::filesystem::exists(path));
    else
        BOOST_TEST_MESSAGE("an empty file may be made: this kernel has no Landlock");
}

BOOST_AUTO_TEST_CASE(a_component_that_is_tried_uses_tcp_only_if_the_host_is_set_to_let_it)
{
    const std::string body = R"({"params": {"field": "a", "value": 1}, "packets": []})";
    const bool is_offline = body_of(attempt("fields/set", body)).at("offline").as_bool();
    if (!is_offline)
        BOOST_TEST_MESSAGE("it may use TCP: this kernel is older than Linux 6.7");
    const scratch other;
    live_host open(other, {"--try-network", "yes"});
    const response tried = open->post("/api/components/fields/set/try", "application/json", body);
    BOOST_TEST(tried.status == 200U);
    BOOST_TEST(!body_of(tried).at("offline").as_bool());
}

BOOST_AUTO_TEST_CASE(secrets_are_not_resolved_in_trials)
{
    std::filesystem::create_directories(home.at("data") + "/secrets");
    home.write("data/secrets/word", "canary");
    const response tried = attempt("fields/set", R"({"params": {"field": "mark",
        "value": "${secret:word}"}, "packets": [{"fields": {"a": 1}}]})");
    BOOST_TEST(tried.status == 200U);
    BOOST_TEST(!has(tried.body, "canary"));
}

BOOST_AUTO_TEST_SUITE_END()
