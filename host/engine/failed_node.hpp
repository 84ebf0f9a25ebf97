// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace penstock::host
{

/// A node that has given up.
struct failed_node
{
    std::string node;
    std::string reason;
    std::chrono::system_clock::time_point since;
};

} // namespace penstock::host
