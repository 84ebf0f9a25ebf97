// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <random>
#include <string>

namespace brokers
{

/// A text that no other instance has: in positions of messages without an id.
[[nodiscard]] inline std::string fresh_name()
{
    std::random_device chance;
    std::string name;
    for (int i = 0; i < 4; ++i)
        name += std::to_string(chance()) + (i < 3 ? "-" : "");
    return name;
}

} // namespace brokers
