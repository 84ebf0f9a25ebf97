// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace penstock::json_tests
{

// "line:column:offset what" of the refusal, which parse and check must agree on.
inline std::string refusal(std::string_view text, const json_options& options = {})
{
    const auto by = [&](auto&& read) -> std::string
    {
        try
        {
            read(text, options);
            return "accepted";
        }
        catch (const json_error& e)
        {
            const std::string where = "line " + std::to_string(e.line()) + ", column " +
                                      std::to_string(e.column()) + ": ";
            const std::string what = e.what();
            BOOST_TEST(what.starts_with(where));
            return std::to_string(e.line()) + ":" + std::to_string(e.column()) + ":" +
                   std::to_string(e.offset()) + " " + what.substr(where.size());
        }
    };
    const auto parsed = by([](auto t, auto& o) { (void)parse_json(t, o); });
    const auto checked = by([](auto t, auto& o) { check_json(t, o); });
    BOOST_TEST(parsed == checked);
    return parsed;
}

} // namespace penstock::json_tests
