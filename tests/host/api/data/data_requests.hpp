// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/host/api/test_host.hpp"
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace penstock::host::http::testing
{

inline constexpr std::pair<std::string_view, std::string_view> plain{"Content-Type", "text/plain"};

inline constexpr std::pair<std::string_view, std::string_view> as_json{"Content-Type",
                                                                       "application/json"};

// The meta of the only packet that an `answer` node got.
inline json::object meta_of(const response& answer)
{
    BOOST_TEST_REQUIRE(answer.status == 200U);
    const json::value body = body_of(answer);
    BOOST_TEST_REQUIRE(body.at("packets").as_array().size() == 1U);
    return body.at("packets").at(0).at("meta").as_object();
}

inline void check_problem(const response& answer, unsigned status, std::string_view part_of_detail)
{
    BOOST_TEST(answer.status == status);
    BOOST_TEST(answer.headers.value("Content-Type") == "application/problem+json");
    const json::value body = body_of(answer);
    BOOST_TEST(body.at("status").to_number<unsigned>() == status);
    BOOST_TEST(!body.at("title").as_string().empty());
    const std::string_view detail = body.at("detail").as_string();
    BOOST_TEST((detail.find(part_of_detail) != std::string_view::npos),
               '"' << detail << "\" does not say \"" << part_of_detail << '"');
}

inline std::string multipart(std::initializer_list<std::string_view> parts)
{
    std::string body;
    for (const std::string_view part : parts)
        body.append("--B\r\n").append(part).append("\r\n");
    return body + "--B--\r\n";
}

inline constexpr std::pair<std::string_view, std::string_view> as_parts{
    "Content-Type", "multipart/form-data; boundary=B"};

} // namespace penstock::host::http::testing
