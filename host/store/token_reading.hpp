// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/problem.hpp"

#include <boost/system/result.hpp>

#include <string>

namespace penstock::host
{

/// Checks that a text could be a token; the problem names where it comes from, never the token.
[[nodiscard]] boost::system::result<std::string, problem> checked_token(std::string token,
                                                                        const std::string& where);

/// Reads the token that somebody keeps in a file, to show it to a host. A file that others may read
/// is refused.
[[nodiscard]] boost::system::result<std::string, problem> read_token(const std::string& file);

} // namespace penstock::host
