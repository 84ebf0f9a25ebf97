// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/access/authenticator.hpp"

#include "tests/host/api/access/guarded.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>
#include <vector>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(authenticator)

using namespace penstock::host::http::testing;
namespace host = penstock::host;
namespace api = penstock::host::api;
namespace http = penstock::host::http;
using host::scope;
using penstock::host::problem;

namespace
{

/// Uses up all descriptors that this process may have, until it goes.
class no_descriptors
{
public:
    no_descriptors()
    {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        rlimit low = before_;
        low.rlim_cur = std::min<rlim_t>(before_.rlim_cur, 256);
        ::setrlimit(RLIMIT_NOFILE, &low);
        for (int each = ::dup(0); each >= 0; each = ::dup(0))
            taken_.push_back(each);
    }
    no_descriptors(const no_descriptors&) = delete;
    no_descriptors& operator=(const no_descriptors&) = delete;
    ~no_descriptors()
    {
        for (const int each : taken_)
            ::close(each);
        ::setrlimit(RLIMIT_NOFILE, &before_);
    }

private:
    rlimit before_{};
    std::vector<int> taken_;
};

} // namespace

BOOST_AUTO_TEST_CASE(everybody_may_everything_until_there_are_tokens)
{
    guarded host;
    BOOST_TEST(!host.authentication.read().has_value());
    BOOST_TEST(!host.authentication.is_needed());
    BOOST_TEST(status(host, make_request("GET", "/")) == 0U);
    BOOST_TEST(status(host, make_request("GET", "/"), scope::admin) == 0U);
    BOOST_TEST(host.authentication.allows(make_request("GET", "/"), scope::admin));
}

BOOST_AUTO_TEST_CASE(a_token_allows_its_scopes_and_no_others)
{
    guarded host;
    const std::string token = host.give("one", {scope::read, scope::ingest});
    BOOST_TEST(!host.authentication.read().has_value());
    BOOST_TEST(status(host, with(token), scope::read) == 0U);
    BOOST_TEST(status(host, with(token), scope::ingest) == 0U);
    const auto refused = host.authentication.objection(with(token), scope::deploy);
    BOOST_REQUIRE(refused.has_value());
    BOOST_TEST(refused->status == 403U);
    BOOST_TEST(refused->headers.value("WWW-Authenticate") ==
               "Bearer realm=\"penstock\", error=\"insufficient_scope\", scope=\"deploy\"");
    BOOST_TEST(refused->body.find("the scope deploy was expected") != std::string::npos);
    BOOST_TEST(refused->headers.value("Content-Type") == "application/problem+json");
}

BOOST_AUTO_TEST_CASE(without_a_token_the_answer_is_401_but_for_what_is_open)
{
    guarded host;
    host.give("one", {scope::admin});
    BOOST_TEST(!host.authentication.read().has_value());
    const auto refused = host.authentication.objection(make_request("GET", "/"), scope::read);
    BOOST_REQUIRE(refused.has_value());
    BOOST_TEST(refused->status == 401U);
    BOOST_TEST(refused->headers.value("WWW-Authenticate") == "Bearer realm=\"penstock\"");
    BOOST_TEST(status(host, make_request("GET", "/"), api::access::open()) == 0U);
    BOOST_TEST(!host.authentication.allows(make_request("GET", "/"), scope::read));
}

BOOST_AUTO_TEST_CASE(credentials_that_are_not_quite_right_are_none)
{
    guarded host;
    const std::string token = host.give("one", {scope::admin});
    BOOST_TEST(!host.authentication.read().has_value());
    BOOST_TEST(status(host, with(token)) == 0U);
    const std::string lower = "bearer " + token;
    BOOST_TEST(status(host, make_request("GET", "/", {}, {{"Authorization", lower}})) == 0U);
    const std::string good = "Bearer " + token;
    for (const std::string& wrong :
         {token, "Basic " + token, good + "x", good.substr(0, good.size() - 1), good + ", " + good,
          "Bearer" + token, std::string("Bearer"), std::string("Bearer ")})
        BOOST_TEST(status(host, make_request("GET", "/", {}, {{"Authorization", wrong}})) == 401U,
                   wrong.size());
    BOOST_TEST(status(host, make_request("GET", "/", {},
                                         {{"Authorization", good}, {"Authorization", good}})) ==
               401U);
    BOOST_TEST(status(host, make_request("GET", "/?token=" + token)) == 401U);
    BOOST_TEST(status(host, make_request("GET", "/", {}, {{"Cookie", "token=" + token}})) == 401U);
}

BOOST_AUTO_TEST_CASE(a_websocket_may_name_its_token_among_its_protocols)
{
    guarded host;
    const std::string token = host.give("one", {scope::read});
    BOOST_TEST(!host.authentication.read().has_value());
    const std::string offered = "penstock.live, penstock.bearer." + token;
    BOOST_TEST(status(host, make_request("GET", "/api/live", {},
                                         {{"Upgrade", "websocket"},
                                          {"Sec-WebSocket-Protocol", offered}})) == 0U);
    BOOST_TEST(status(host, make_request("GET", "/api/graphs", {},
                                         {{"Sec-WebSocket-Protocol", offered}})) == 401U);
}

BOOST_AUTO_TEST_CASE(an_expired_token_is_worth_nothing)
{
    guarded host;
    const std::string token = host.give("one", {scope::admin}, std::chrono::seconds(0));
    BOOST_TEST(!host.authentication.read().has_value());
    BOOST_TEST(host.authentication.is_needed());
    BOOST_TEST(!host.authentication.has_valid_tokens());
    BOOST_TEST(status(host, with(token)) == 401U);
}

BOOST_AUTO_TEST_CASE(what_becomes_of_the_file_is_noticed_with_the_next_look)
{
    guarded host;
    const std::string first = host.give("one", {scope::read});
    BOOST_TEST(!host.authentication.read().has_value());
    const std::string second = host.give("two", {scope::read});
    BOOST_TEST(status_now(host, with(second)) == 0U);
    host.revoke("one");
    BOOST_TEST(status_now(host, with(first)) == 401U);
    BOOST_TEST(!host.authentication.still_allows(host::hash_of(first), scope::read));
    BOOST_TEST(host.authentication.still_allows(host::hash_of(second), scope::read));
}

BOOST_AUTO_TEST_CASE(the_first_token_closes_a_host_that_was_open)
{
    guarded host;
    BOOST_TEST(!host.authentication.read().has_value());
    BOOST_TEST(status(host, make_request("GET", "/")) == 0U);
    const std::string token = host.give("one", {scope::read});
    BOOST_TEST(status_now(host, make_request("GET", "/")) == 401U);
    BOOST_TEST(status(host, with(token)) == 0U);
}

BOOST_AUTO_TEST_CASE(a_host_that_was_closed_stays_so_whatever_becomes_of_the_file)
{
    guarded host;
    const std::string token = host.give("one", {scope::read});
    BOOST_TEST(!host.authentication.read().has_value());
    ::chmod(host.file.path().c_str(), 0644);
    BOOST_TEST(status_now(host, with(token)) == 503U);
    BOOST_TEST(status(host, make_request("GET", "/")) == 503U);
    BOOST_TEST(!host.authentication.still_allows(host::hash_of(token), scope::read));
    BOOST_TEST_REQUIRE(host.heard.size() == 1U);
    BOOST_TEST(host.heard.front().find("is open to others") != std::string::npos);
    std::filesystem::remove(host.file.path());
    BOOST_TEST(status_now(host, with(token)) == 401U);
    BOOST_TEST(status(host, make_request("GET", "/")) == 401U);
}

BOOST_AUTO_TEST_CASE(a_revocation_counts_when_all_descriptors_are_used_up)
{
    guarded host;
    const std::string revoked = host.give("one", {scope::admin});
    const std::string other = host.give("two", {scope::read});
    BOOST_TEST(!host.authentication.read().has_value());
    BOOST_TEST(status(host, with(revoked), scope::admin) == 0U);
    host.revoke("one");
    const no_descriptors none;
    BOOST_TEST(status_now(host, with(revoked), scope::admin) == 401U); // the spare one was used
    BOOST_TEST(status(host, with(other)) == 0U);
    BOOST_TEST(host.heard.empty());
}

BOOST_AUTO_TEST_CASE(tokens_that_cannot_be_read_close_the_door_until_they_can)
{
    guarded host;
    const std::string revoked = host.give("one", {scope::admin});
    const std::string other = host.give("two", {scope::read});
    const std::string own = host::random_token();
    BOOST_TEST(!host.authentication.read().has_value());
    host.authentication.admit(own);
    const auto list = host.file.path();
    const auto aside = host.folder.path() / "aside.json";
    host.revoke("one");
    std::filesystem::rename(list, aside);
    std::filesystem::create_directory(list); // can be looked at, not read
    std::filesystem::permissions(list, std::filesystem::perms::owner_all);
    BOOST_TEST(status_now(host, with(revoked), scope::admin) == 503U);
    BOOST_TEST(!host.authentication.allows(with(revoked), scope::admin));
    BOOST_TEST(status(host, with(other)) == 503U);
    BOOST_TEST(status(host, with(own), scope::admin) == 0U); // it stands in no file
    BOOST_TEST(host.heard.size() == 1U);
    std::filesystem::remove(list);
    std::filesystem::rename(aside, list);
    BOOST_TEST(status_now(host, with(other)) == 0U);
    BOOST_TEST(status(host, with(revoked), scope::admin) == 401U);
    BOOST_TEST(host.heard.size() == 2U);
    BOOST_TEST(host.heard.back().ends_with("can be read again"));
}

BOOST_AUTO_TEST_CASE(a_problem_that_read_has_returned_is_not_told_again)
{
    guarded host;
    const std::string token = host.give("one", {scope::read});
    ::chmod(host.file.path().c_str(), 0644);
    BOOST_TEST(host.authentication.read().has_value());
    host.authentication.look();
    BOOST_TEST(host.heard.empty());
    ::chmod(host.file.path().c_str(), 0600);
    BOOST_TEST(!host.authentication.read().has_value());
    host.authentication.look();
    BOOST_TEST(host.heard.empty());
    BOOST_TEST(status(host, with(token)) == 0U);
}

BOOST_AUTO_TEST_CASE(a_watch_notices_a_revocation_while_nobody_looks)
{
    guarded host;
    const std::string revoked = host.give("one", {scope::read});
    const std::string other = host.give("two", {scope::read});
    BOOST_TEST(!host.authentication.read().has_value());
    host.authentication.watch(
        {.between_looks = std::chrono::milliseconds(1), .longest_gap = std::chrono::seconds(60)});
    BOOST_TEST(status(host, with(revoked)) == 0U);
    host.revoke("one");
    BOOST_TEST(in_time(host, with(revoked), 401U));
    BOOST_TEST(status(host, with(other)) == 0U);
}

BOOST_AUTO_TEST_CASE(a_watch_that_cannot_look_closes_the_door_until_it_can)
{
    guarded host;
    const std::string revoked = host.give("one", {scope::read});
    const std::string own = host::random_token();
    BOOST_TEST(!host.authentication.read().has_value());
    host.authentication.admit(own);
    host.authentication.watch({.between_looks = std::chrono::hours(1), // as if the disk hung
                               .longest_gap = std::chrono::milliseconds(50)});
    host.revoke("one");
    BOOST_TEST(in_time(host, with(revoked), 503U));
    BOOST_TEST(!host.authentication.allows(with(revoked), scope::read));
    BOOST_TEST(status(host, with(own), scope::admin) == 0U); // it stands in no file
    BOOST_TEST_REQUIRE(host.heard.size() == 1U);
    BOOST_TEST(host.heard.front().find("has not been looked at in time") != std::string::npos);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    unsigned again = status_now(host, with(revoked));
    while (again == 503U &&
           std::chrono::steady_clock::now() < deadline) // between look and question
        again = status_now(host, with(revoked));
    BOOST_TEST(again == 401U);
}

BOOST_AUTO_TEST_CASE(an_emptied_list_closes_a_host_too)
{
    guarded host;
    host.give("one", {scope::read});
    host.revoke("one");
    BOOST_TEST(!host.authentication.read().has_value());
    BOOST_TEST(status(host, make_request("GET", "/")) == 401U);
}

BOOST_AUTO_TEST_CASE(the_token_of_this_run_stands_in_no_file)
{
    guarded host;
    host.give("one", {scope::read});
    BOOST_TEST(!host.authentication.read().has_value());
    const std::string own = host::random_token();
    BOOST_TEST(status(host, with(own), scope::admin) == 401U);
    host.authentication.admit(own);
    BOOST_TEST(status(host, with(own), scope::admin) == 0U);
    BOOST_TEST((*host.file.read())->size() == 1U);
    host.authentication.admit({});
    BOOST_TEST(status(host, with(own), scope::admin) == 401U);
}

BOOST_AUTO_TEST_CASE(who_guesses_is_told_to_wait_and_keeps_nobody_else_out)
{
    guarded host;
    const std::string token = host.give("one", {scope::read});
    BOOST_TEST(!host.authentication.read().has_value());
    const std::string wrong = host::random_token();
    for (std::size_t i = 0; i < api::failed_tries::most; ++i)
        BOOST_TEST(status(host, with(wrong, "192.0.2.1")) == 401U);
    const auto refused = host.authentication.objection(with(wrong, "192.0.2.1"), scope::read);
    BOOST_REQUIRE(refused.has_value());
    BOOST_TEST(refused->status == 429U);
    BOOST_TEST(refused->headers.find("Retry-After").has_value());
    BOOST_TEST(refused->body.find(wrong) == std::string::npos);
    BOOST_TEST(status(host, with(wrong, "192.0.2.2")) == 401U);
    BOOST_TEST(status(host, with(token, "192.0.2.1")) == 0U);
    BOOST_TEST(host.heard == std::vector<std::string>{"wrong tokens come from 192.0.2.1"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
