// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "components.hpp"
#include "run_entry.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A message as it comes: each line of `text` ends with CR and LF.
inline std::string crlf(std::string_view text)
{
    std::string made;
    for (const char c : text)
    {
        if (c == '\n')
            made += '\r';
        made += c;
    }
    return made;
}

inline penstock::packet mail_packet(std::string_view text,
                                    std::string_view mimetype = "message/rfc822")
{
    return body(text, {{"id", "m"}, {"path", "m.eml"}, {"mimetype", mimetype}});
}

inline penstock::testing::result read_mail(std::string_view text,
                                           const penstock::json::object& parameters = {},
                                           std::string_view mimetype = "message/rfc822")
{
    return run_entry(mail_package::read_entry, parameters,
                     penstock::testing::packets(mail_packet(text, mimetype)));
}

/// A field of the only message in `text`.
inline std::string field_of(std::string_view text, std::string_view field = "text")
{
    auto result = read_mail(text);
    if (result.out().size() != 1 || !result.failed.empty())
        return "sent " + std::to_string(result.out().size()) +
               (result.failed.empty() ? "" : ", " + result.failed[0].second);
    return result.out()[0].text(field, "");
}

/// The files that came out, each as NAME, TYPE: DATA.
inline strings files_of(const penstock::testing::result& result)
{
    strings list;
    const auto found = result.sent.find("attachments");
    if (found == result.sent.end())
        return list;
    for (const penstock::packet& each : found->second)
        list.push_back(std::string(each.meta("filename", "").as_string()) + ", " +
                       std::string(each.meta("mimetype").as_string()) + ": " +
                       std::string(each.data().view()));
    return list;
}

/// Why a message fails, beside one that does not.
inline std::string reason(std::string_view text, const penstock::json::object& parameters = {})
{
    auto result =
        run_entry(mail_package::read_entry, parameters,
                  penstock::testing::packets(mail_packet(text), mail_packet("Subject: ok\n\n")));
    if (result.out().empty() || result.out().back().text("subject", "") != "ok")
        return "the next did not come";
    return result.failed.size() == 1 ? result.failed[0].second : "";
}
