// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/nearest.hpp>

#include <boost/test/unit_test.hpp>

using names = std::vector<std::string>;

BOOST_AUTO_TEST_CASE(the_nearest_name_is_found)
{
    const names known{"shout", "whisper", "shot"};
    BOOST_TEST(penstock::nearest("shoot", known) == "shout");
    BOOST_TEST(penstock::nearest("whispr", known) == "whisper");
    BOOST_TEST(penstock::nearest("hwisper", known) == "whisper"); // two letters swapped
    BOOST_TEST(penstock::nearest("shot", known) == "shot");
}

BOOST_AUTO_TEST_CASE(a_name_far_from_all_has_no_nearest)
{
    BOOST_TEST(penstock::nearest("banana", {"shout", "whisper"}) == "");
    BOOST_TEST(penstock::nearest("x", {"y"}) == ""); // nothing of it is right
    BOOST_TEST(penstock::nearest("", {"a"}) == "");
    BOOST_TEST(penstock::nearest(std::string(100'000, 'a'), {std::string(100'000, 'b')}) == "");
}

BOOST_AUTO_TEST_CASE(what_was_expected_is_told)
{
    BOOST_TEST(penstock::expected_name("ou", {"in", "out"}) == "did you mean \"out\"?");
    BOOST_TEST(penstock::expected_name("zzz", {"in", "out"}) == "\"in\" or \"out\" was expected");
    BOOST_TEST(penstock::expected_name("zzz", {"in"}) == "\"in\" was expected");
    BOOST_TEST(penstock::expected_name("zzz", {}) == "none was expected");
}

BOOST_AUTO_TEST_CASE(names_are_quoted_and_joined)
{
    BOOST_TEST(penstock::quoted({}) == "");
    BOOST_TEST(penstock::quoted({"a", "b", "c"}) == "\"a\", \"b\" or \"c\"");
}
