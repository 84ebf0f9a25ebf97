// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/cli/program.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

BOOST_AUTO_TEST_SUITE(token_verb)

using namespace penstock::host::cli::testing;
using penstock::parse_json;
using penstock::write_json;

BOOST_AUTO_TEST_CASE(a_token_is_printed_once_and_kept_as_a_hash)
{
    const scratch home;
    const ended made = run(home, {"token", "new", "ci"});
    BOOST_TEST(made.code == 0, made.err);
    BOOST_TEST(made.out.starts_with("pst_"));
    BOOST_TEST(made.out.size() == 48U); // with the line's end
    BOOST_TEST(made.err == "ci: ingest; valid until: never\n");
    const std::string file = home.at(".local/state/penstock/tokens.json");
    BOOST_TEST(read_file(file).find(made.out.substr(4, 43)) == std::string::npos);
    struct stat found
    {
    };
    BOOST_TEST(::stat(file.c_str(), &found) == 0);
    BOOST_TEST((found.st_mode & 0777U) == 0600U);
}

BOOST_AUTO_TEST_CASE(tokens_are_listed_with_their_scopes_and_ends)
{
    const scratch home;
    const std::string data = home.at("data");
    BOOST_TEST(run(home, {"token", "list", "--data", data}).out.empty());
    BOOST_TEST(run(home, {"token", "list", "--data", data, "--json"}).out == "[]\n");
    const ended made = run(home, {"token", "new", "ops", "--scope", "deploy", "--scope", "read",
                                  "--expires", "30d", "--data", data, "--json"});
    const auto shown = parse_json(made.out);
    BOOST_TEST(shown.at("token").as_string().starts_with("pst_"));
    BOOST_TEST(write_json(shown.at("scopes")) == "[\"read\",\"deploy\"]");
    const ended list = run(home, {"token", "list", "--data", data});
    BOOST_TEST(list.out.find("ops   read, deploy") != std::string::npos, list.out);
    const auto all = parse_json(run(home, {"token", "list", "--data", data, "--json"}).out);
    BOOST_TEST(all.at(0).at("expires") == shown.at("expires"));
    BOOST_TEST(!all.at(0).as_object().contains("token"));
}

BOOST_AUTO_TEST_CASE(a_name_has_one_token_until_it_is_revoked)
{
    const scratch home;
    BOOST_TEST(run(home, {"token", "new", "ci"}).code == 0);
    const ended again = run(home, {"token", "new", "ci"});
    BOOST_TEST(again.code == 1);
    BOOST_TEST(again.out.empty());
    BOOST_TEST(again.err ==
               "ci: has a token already; another name, or to revoke it first, was expected\n");
    BOOST_TEST(run(home, {"token", "revoke", "ci"}).code == 0);
    BOOST_TEST(run(home, {"token", "revoke", "ci"}).err ==
               "ci: has no token; a name of penstock token list was expected\n");
    BOOST_TEST(run(home, {"token", "new", "ci"}).code == 0);
}

BOOST_AUTO_TEST_CASE(wrong_words_are_wrong_usage)
{
    const scratch home;
    BOOST_TEST(run(home, {"token", "new", "A B"}).code == 2);
    BOOST_TEST(run(home, {"token", "new", "ci", "--scope", "root"}).code == 2);
    BOOST_TEST(run(home, {"token", "new", "ci", "--expires", "soon"}).code == 2);
    BOOST_TEST(run(home, {"token"}).code == 2);
}

BOOST_AUTO_TEST_SUITE_END()
