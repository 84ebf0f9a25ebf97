// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/reader.hpp"

#include <string_view>

namespace penstock::host::http::testing
{

/// Reads a header block that comes in one piece, with nothing behind it.
inline checked<void> read_whole(reader& reads, std::string_view block)
{
    const auto end = reads.take_head(block, 0);
    if (end.has_error())
        return end.error();
    if (*end != block.size())
        return bad_request("header: not one block");
    return {};
}

} // namespace penstock::host::http::testing
