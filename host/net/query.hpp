// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "message.hpp"
#include "refusal.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::http
{

/// Decodes `%41`; refuses a broken escape, an encoded NUL, and what is not UTF-8 afterwards.
checked<std::string> percent_decode(std::string_view text);

/// Splits the path of a target at its slashes and then decodes each segment, so that `%2F` is a
/// character of its segment (an id may contain one) and never a separator. Refuses `.` and `..`,
/// encoded or not: clients resolve them before they send, and no route means them. The memory of
/// `into`, which is empty, is used for the result.
checked<std::vector<std::string>> decode_path(std::string_view target,
                                              std::vector<std::string> into = {});

/// Decodes what follows the `?` of a target; a plus is a space, as forms send it. The memory of
/// `into`, which is empty, is used for the result.
checked<std::vector<query_parameter>> decode_query(std::string_view target,
                                                   std::vector<query_parameter> into = {});

} // namespace penstock::host::http
