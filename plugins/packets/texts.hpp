// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace packets
{

/// Sets a field, unless there is no text for it.
inline void set_text(penstock::packet& packet, std::string_view field, const std::string& text)
{
    if (!text.empty())
        packet.set(field, text);
}

/// Sets a field of several values, unless there is none.
inline void set_texts(penstock::packet& packet, std::string_view field,
                      const std::vector<std::string>& texts)
{
    penstock::json::array values;
    for (const std::string& each : texts)
        values.emplace_back(each);
    if (!values.empty())
        packet.set_values(field, std::move(values));
}

/// Sets a field, of several values if there are several texts, unless there is none.
inline void set_one_or_more(penstock::packet& packet, std::string_view field,
                            const std::vector<std::string>& texts)
{
    if (texts.size() == 1)
        packet.set(field, texts.front());
    else
        set_texts(packet, field, texts);
}

} // namespace packets
