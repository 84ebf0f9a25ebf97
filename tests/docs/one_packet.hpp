// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The packets of one that the tests of the rules for authors send.
#pragma once

#include <penstock/packet.hpp>

#include <string>
#include <vector>

namespace penstock::docs_tests
{

inline std::vector<penstock::packet> one(const char* field, const std::string& value)
{
    std::vector<penstock::packet> packets(1);
    packets[0].set(field, value);
    return packets;
}

} // namespace penstock::docs_tests
