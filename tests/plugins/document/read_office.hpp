// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "components.hpp"
#include "run_entry.hpp"
#include "sample_office.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

inline penstock::packet office_packet(const std::string& data)
{
    return body(data, {{"id", "d"}, {"path", "d.docx"}, {"charset", "x"}});
}

inline penstock::testing::result read_office(const std::string& data,
                                             const penstock::json::object& parameters = {})
{
    return run_entry(document_package::office_entry, parameters,
                     penstock::testing::packets(office_packet(data)));
}

/// The text of a document, or why it fails.
inline std::string text_of_office(const std::string& data,
                                  const penstock::json::object& parameters = {})
{
    auto result = read_office(data, parameters);
    if (!result.failed.empty())
        return result.failed[0].second;
    return result.out().size() == 1 ? result.out()[0].text("text") : "";
}

/// Why a document fails, beside one that does not.
inline std::string reason(const std::string& data, const penstock::json::object& parameters = {})
{
    const std::string good = sample_office::docx(sample_office::paragraph("good"));
    auto result = run_entry(document_package::office_entry, parameters,
                            penstock::testing::packets(office_packet(data), office_packet(good)));
    if (result.out().empty() || result.out().back().text("text", "") != "good")
        return "the next did not come";
    return result.failed.size() == 1 ? result.failed[0].second : "";
}
