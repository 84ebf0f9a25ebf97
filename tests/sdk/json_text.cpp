// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Texts that are checked, and what was found out of them before.
#include "wide_object.hpp"

#include <penstock/json_text.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

using penstock::bytes;
using penstock::json_options;
using penstock::json_text;
using penstock::testing::wide_object;

namespace
{

const std::vector<json_options> some_options{{},
                                             {.depth = 3},
                                             {.depth = 200},
                                             {.members = 2},
                                             {.members = 2000},
                                             {.memory = 64},
                                             {.big = penstock::big_integer::refuse},
                                             {.duplicates = penstock::duplicate_key::refuse},
                                             {.invalid = penstock::invalid_text::replace}};

const std::vector<std::string> some_texts{"",
                                          " ",
                                          "{",
                                          "{}",
                                          "{} x",
                                          "[1,]",
                                          R"({"a":1e400})",
                                          R"({"a":[-1e999]})",
                                          R"({"a":123456789012345678901234567890})",
                                          R"({"a":1,"a":2})",
                                          "{\"a\":\"\xff\"}",
                                          R"({"a":"\ud800"})",
                                          R"({"a":"\udc00"})",
                                          R"({"a":"a\udfffb"})",
                                          R"({"\udc00":1})",
                                          R"({"a":1,"b":2,"c":3})",
                                          R"([[[[1]]]])",
                                          "nul",
                                          "\xEF\xBB\xBF{",
                                          R"({"a":")" + std::string(100, 'x') + "\"}",
                                          "{\"a\":\"\x01\"}",
                                          std::string(100, '[') + std::string(100, ']'),
                                          wide_object(1500),
                                          wide_object(3000)};

// How a text is read with options: accepted, or why not.
template <class Read>
std::string outcome(const std::string& text, const json_options& options, Read read)
{
    try
    {
        read(text, options);
        return "accepted";
    }
    catch (const penstock::json_error& error)
    {
        return error.what();
    }
}

void read_as_text(const std::string& text, const json_options& options)
{
    (void)json_text(bytes(text), options);
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_texts)

BOOST_AUTO_TEST_CASE(a_text_is_refused_as_a_value_would_be)
{
    const auto as_value = [](const std::string& text, const json_options& options)
    { (void)penstock::parse_json(text, options); };
    for (const json_options& options : some_options)
        for (const std::string& text : some_texts)
            BOOST_TEST(outcome(text, options, read_as_text) == outcome(text, options, as_value),
                       text);
}

BOOST_AUTO_TEST_CASE(bytes_that_were_checked_with_other_options_are_read_as_any_bytes)
{
    for (const json_options& others : some_options)
    {
        const auto checked = [&](const std::string& text, const json_options& options)
        {
            bytes known(text);
            try
            {
                penstock::check_json(known, others);
            }
            catch (const penstock::json_error&)
            {
            }
            const bytes copy = known;
            (void)json_text(copy, options);
        };
        for (const json_options& options : some_options)
            for (const std::string& text : some_texts)
                BOOST_TEST(outcome(text, options, checked) == outcome(text, options, read_as_text),
                           text);
    }
}

// Shown by a text that becomes another after it was checked, which no bytes of a packet may.
BOOST_AUTO_TEST_CASE(bytes_that_were_checked_are_not_checked_again)
{
    for (const std::string mark : {"", "\xEF\xBB\xBF"})
        for (const std::size_t size : {700, 20'000})
        {
            const auto text =
                std::make_shared<std::string>(mark + "{\"a\":\"" + std::string(size, 'x') + "\"}");
            bytes known(text, *text);
            penstock::check_json(known);
            text->back() = '!';
            const bytes copy = known;
            BOOST_CHECK_NO_THROW(json_text{copy});
            BOOST_CHECK_NO_THROW(json_text(copy, {.depth = 100, .members = 5000}));
            BOOST_CHECK_THROW(json_text(copy, {.depth = 10}), penstock::json_error);
            BOOST_CHECK_THROW(json_text(bytes(text, *text)), penstock::json_error);
        }
}

BOOST_AUTO_TEST_CASE(a_part_of_checked_bytes_is_checked_anew)
{
    bytes known(std::string(R"({"a":1})"));
    penstock::check_json(known);
    BOOST_CHECK_THROW(json_text(known.slice(0, 6)), penstock::json_error);
    known = bytes(std::string("{"));
    BOOST_CHECK_THROW(json_text{known}, penstock::json_error);
}

BOOST_AUTO_TEST_SUITE_END()
