// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/idempotency.hpp"

#include "tests/host/api/test_host.hpp"
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(idempotency_keys)

using namespace std::chrono_literals;
using penstock::host::receipt;
using penstock::host::api::fingerprint;
using penstock::host::api::idempotency;
using penstock::host::http::request;
using key_state = idempotency::key_state;

namespace
{

const penstock::host::sha256_digest one{1};
const penstock::host::sha256_digest two{2};

std::shared_ptr<const receipt> make_receipt()
{
    return std::make_shared<receipt>(penstock::host::issue{1, {1, 2}}, "graph");
}

} // namespace

BOOST_AUTO_TEST_CASE(a_key_in_progress_is_refused_until_it_has_a_receipt)
{
    idempotency keys;
    BOOST_CHECK(keys.take("k", one).is == key_state::fresh);
    BOOST_CHECK(keys.take("k", one).is == key_state::in_progress);
    const auto first = make_receipt();
    keys.accept("k", first);
    const auto again = keys.take("k", one);
    BOOST_CHECK(again.is == key_state::repeated);
    BOOST_CHECK(again.first == first);
}

BOOST_AUTO_TEST_CASE(another_body_is_told_apart_even_in_progress)
{
    idempotency keys;
    BOOST_CHECK(keys.take("k", one).is == key_state::fresh);
    BOOST_CHECK(keys.take("k", two).is == key_state::other_body);
}

BOOST_AUTO_TEST_CASE(a_refused_request_gives_its_key_up)
{
    idempotency keys;
    BOOST_CHECK(keys.take("k", one).is == key_state::fresh);
    keys.forget("k");
    BOOST_CHECK(keys.take("k", two).is == key_state::fresh);
}

BOOST_AUTO_TEST_CASE(a_key_is_forgotten_when_its_window_ends)
{
    idempotency keys(10, 1h);
    const auto now = idempotency::clock::now();
    BOOST_CHECK(keys.take("k", one, now).is == key_state::fresh);
    keys.accept("k", make_receipt());
    BOOST_CHECK(keys.take("k", one, now + 59min).is == key_state::repeated);
    BOOST_CHECK(keys.take("k", one, now + 60min).is == key_state::fresh);
}

BOOST_AUTO_TEST_CASE(the_oldest_key_makes_room_for_a_new_one)
{
    idempotency keys(2, 1h);
    for (const char* each : {"a", "b", "c"})
    {
        BOOST_CHECK(keys.take(each, one).is == key_state::fresh);
        keys.accept(each, make_receipt());
    }
    BOOST_CHECK(keys.take("c", one).is == key_state::repeated);
    BOOST_CHECK(keys.take("a", one).is == key_state::fresh);
}

BOOST_AUTO_TEST_CASE(a_key_taken_again_does_not_end_with_its_first_use)
{
    idempotency keys(10, 1h);
    const auto now = idempotency::clock::now();
    BOOST_CHECK(keys.take("k", one, now).is == key_state::fresh);
    keys.forget("k");
    BOOST_CHECK(keys.take("k", one, now + 30min).is == key_state::fresh);
    BOOST_CHECK(keys.take("k", one, now + 61min).is == key_state::in_progress);
}

BOOST_AUTO_TEST_CASE(a_fingerprint_is_the_same_in_every_build_and_tells_each_part_from_the_others)
{
    request asked;
    asked.method = "POST";
    asked.path = {"data", "a"};
    asked.headers.add("Content-Type", "text/plain");
    asked.body = "x";
    const auto first = fingerprint(asked);
    BOOST_TEST(penstock::host::to_hex(first) ==
               "42d5c3d803ab6b349be2c771c1174c122121e688e82971f488e5eee880817ad3");
    request other = asked;
    other.path = {"data", "a", "text/plain"};
    other.headers = penstock::host::http::header_list();
    BOOST_CHECK(fingerprint(other) != first);
    other = asked;
    other.body = "y";
    BOOST_CHECK(fingerprint(other) != first);
    other = asked;
    other.method = "PUT";
    BOOST_CHECK(fingerprint(other) != first);
}

BOOST_AUTO_TEST_CASE(a_key_belongs_to_the_token_that_used_it)
{
    const penstock::host::testing::temporary_folder folder;
    std::vector<penstock::host::token_record> known;
    const auto give = [&](const char* name)
    {
        std::string token = penstock::host::random_token();
        penstock::host::token_record made{.name = name, .hash = penstock::host::hash_of(token)};
        made.scopes.add(penstock::host::scope::ingest);
        known.push_back(made);
        return "Bearer " + token;
    };
    const std::string first = give("first");
    const std::string second = give("second");
    const auto wrong = penstock::host::token_file(folder.path())
                           .edit(
                               [&](std::vector<penstock::host::token_record>& tokens)
                               {
                                   tokens = known;
                                   return std::optional<penstock::host::problem>();
                               });
    BOOST_TEST_REQUIRE(!wrong.has_value());
    penstock::host::api::authenticator tokens(folder.path(), [](const std::string&) {});
    BOOST_TEST_REQUIRE(!tokens.read().has_value());

    penstock::host::http::testing::test_host host({}, {}, &tokens);
    host.deploy("first", {"read", "take"});
    penstock::host::journal_entry older; // kept while no token was required, with its request
    older.graph = "first";
    older.idempotency_key = "first\nolder";
    older.fingerprint = fingerprint(penstock::host::http::testing::make_request(
        "POST", "/data", "mine", {{"Content-Type", "text/plain"}}));
    const auto given = penstock::host::testing::keep(host.journal, older);
    const auto send = [&](const std::string& token, const char* key, const char* body)
    {
        return host.send(
            "POST", "/data", body,
            {{"Content-Type", "text/plain"}, {"Authorization", token}, {"Idempotency-Key", key}});
    };
    const auto one = send(first, "k", "secret");
    const auto other = send(second, "k", "mine");
    BOOST_TEST(one.status == 202U);
    BOOST_TEST(other.status == 202U);
    const auto location = [](const auto& answer)
    { return std::string(answer.headers.value("Location")); };
    BOOST_TEST(location(one) != location(other));
    BOOST_TEST(location(send(first, "k", "secret")) == location(one));
    BOOST_TEST(location(send(second, "k", "mine")) == location(other));
    BOOST_TEST(send(second, "k", "secret").status == 422U);
    BOOST_TEST(location(send(first, "older", "mine")) == "/receipts/" + given.id.text());
    BOOST_TEST(send(second, "older", "yours").status == 202U); // it is nobody's
}

BOOST_AUTO_TEST_SUITE_END()
