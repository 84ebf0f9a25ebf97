// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace penstock::bench
{

/// What the documents hold besides text.
enum class numbers
{
    few,
    prices,      ///< a fourth of each document is doubles of 7 digits
    measurements ///< half of it is doubles of 17 digits
};

/// Makes documents like those of a package catalogue, the same each time.
std::vector<std::string> documents(std::size_t count, numbers with);

} // namespace penstock::bench
