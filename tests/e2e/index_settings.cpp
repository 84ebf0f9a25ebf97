// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(index_settings)

using namespace penstock::e2e;

namespace
{

std::string keeping(const std::string& settings)
{
    return graph("books",
                 {{"read", "json/read"},
                  {"keep", "search/index", R"({"database": "books", )" + settings + "}"},
                  {"find", "search/query",
                   R"({"database": "books", "text": "/meta/query_q", "sends_empty": true,
                       "facets": ["kind"]})"},
                  {"answer", "http/reply"}},
                 {{"read.out", "keep.in"}, {"read.out", "find.in"}, {"find.out", "answer.in"}});
}

void deploy(live_host& fresh, const std::string& text)
{
    const header_fields json{{"content-type", "application/json"}};
    BOOST_TEST_REQUIRE(fresh->ask("PUT", "/api/graphs/books", json, text).status / 100 == 2U);
    const response answer = fresh->ask("POST", "/api/graphs/books/deploy");
    BOOST_TEST_REQUIRE(answer.status == 200U, answer.body);
}

std::size_t found(live_host& fresh, const std::string& word)
{
    const response answer =
        fresh->ask("GET", "/graphs/books/data/find?ack=processed&q=" + word, {});
    return has(answer.body, "\"stone houses\"") ? 1U : 0U;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_deployment_with_other_settings_makes_the_index_anew_of_its_documents)
{
    const scratch home;
    live_host fresh(
        home, {home.write("books.json", keeping(R"("fields": ["title"], "facets": ["kind"])"))});
    BOOST_TEST(fresh
                   ->post("/graphs/books/data/a/1?ack=processed", "application/json",
                          R"({"title": "stone houses", "kind": "novel"})")
                   .status == 200U);
    BOOST_TEST(found(fresh, "house") == 0U);
    deploy(fresh, keeping(R"("fields": ["title"], "facets": ["kind"], "language": "english")"));
    BOOST_TEST(eventually([&] { return found(fresh, "house") == 1U; }));
    deploy(fresh, keeping(R"("fields": [], "facets": ["kind", "year"], "language": "english")"));
    BOOST_TEST(fresh
                   ->post("/graphs/books/data/a/2?ack=processed", "application/json",
                          R"({"title": "water", "kind": "novel", "year": 1})")
                   .status == 200U);
    BOOST_TEST(eventually([&] { return found(fresh, "stone+house") == 1U; }));
    BOOST_TEST(fresh.stop().code == 0);
}

BOOST_AUTO_TEST_SUITE_END()
