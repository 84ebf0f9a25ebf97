// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>
#include <penstock/packet.hpp>

#include <string>

namespace packets
{

/// Returns the id of the document in a packet: its meta `id`, a text or an integer, else the
/// packet's own.
[[nodiscard]] inline std::string document_id(const penstock::packet& packet)
{
    const penstock::json::value* id = packet.find_meta("id");
    if (id != nullptr && id->is_string() && !id->get_string().empty())
        return std::string(id->get_string());
    if (id != nullptr && (id->is_int64() || id->is_uint64()))
        return penstock::write_json(*id);
    return packet.id().text();
}

} // namespace packets
