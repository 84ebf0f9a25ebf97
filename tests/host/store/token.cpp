// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/token.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

BOOST_AUTO_TEST_SUITE(token)

namespace host = penstock::host;

BOOST_AUTO_TEST_CASE(tokens_are_256_bits_of_which_no_two_are_alike)
{
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i)
    {
        const std::string made = host::random_token();
        BOOST_TEST(host::is_token_text(made), made);
        BOOST_TEST(made.size() == 47U); // pst_ and 43 digits of 6 bits
        BOOST_TEST(seen.insert(made).second);
    }
}

BOOST_AUTO_TEST_CASE(other_texts_are_no_tokens)
{
    const std::string made = host::random_token();
    for (const std::string& text :
         {std::string(), std::string("pst_"), made + "A", made.substr(1),
          made.substr(0, made.size() - 1), made.substr(0, 46) + "=", made.substr(0, 46) + " "})
        BOOST_TEST(!host::is_token_text(text), text);
}

BOOST_AUTO_TEST_CASE(a_hash_is_that_of_sha_256)
{
    const host::token_hash hash = host::hash_of("abc"); // FIPS 180-2, B.1
    BOOST_TEST(hash[0] == 0xba);
    BOOST_TEST(hash[1] == 0x78);
    BOOST_TEST(hash[31] == 0xad);
}

BOOST_AUTO_TEST_CASE(a_token_is_found_by_its_whole_hash)
{
    const host::token_hash hash = host::hash_of("one");
    const std::vector<host::token_record> kept{{.name = "zero", .hash = host::hash_of("zero")},
                                               {.name = "one", .hash = hash}};
    BOOST_REQUIRE(host::find_token(kept, hash) != nullptr);
    BOOST_TEST(host::find_token(kept, hash)->name == "one");
    host::token_hash near = hash;
    near.back() ^= 1U;
    BOOST_TEST(host::find_token(kept, near) == nullptr);
    BOOST_TEST(host::find_token({}, hash) == nullptr);
}

BOOST_AUTO_TEST_CASE(names_are_plain_words)
{
    for (const char* name : {"ci", "7", "a.b-c_d", "laptop-2026"})
        BOOST_TEST(host::is_token_name(name), name);
    for (const std::string& name : {std::string(), std::string("A"), std::string("-a"),
                                    std::string("a b"), std::string("a\n"), std::string(65, 'a')})
        BOOST_TEST(!host::is_token_name(name), name);
}

BOOST_AUTO_TEST_SUITE_END()
