// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/journal/letters/letter_source.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(letter_sources)

using namespace penstock::host;

BOOST_AUTO_TEST_CASE(the_source_is_in_the_meta_at_the_begin_of_a_packet)
{
    const std::string meta = R"("meta":{"id":"i","other":[{}],"path":"/a}\"b"},)";
    for (const std::string& begin :
         {"{" + meta + "\"data\":\"xxx", R"({"fields":{"a":{"b":"}\\"}},)" + meta + "\"da"})
    {
        const penstock::json::object found = letter_source_in(begin);
        BOOST_TEST(found.at("meta").at("path") == R"(/a}"b)");
        BOOST_TEST(found.at("meta").as_object().size() == 2U);
        for (std::size_t size = 0; size < begin.find("},\"da"); ++size)
            BOOST_TEST(letter_source_in(begin.substr(0, size)).empty());
    }
}

BOOST_AUTO_TEST_CASE(what_is_long_or_no_text_is_no_source)
{
    BOOST_TEST(letter_source({{"meta", {{"path", std::string(1025, 'x')}, {"id", 7}}}}).empty());
    BOOST_TEST(letter_source({{"meta", {{"path", std::string(1024, 'x')}}}}).size() == 1U);
    BOOST_TEST(letter_source({}).empty());
    BOOST_TEST(letter_source_in(R"({"data":"x"})").empty());
    BOOST_TEST(letter_source_in(R"({"meta":7,"id":"x"})").empty());
}

BOOST_AUTO_TEST_SUITE_END()
