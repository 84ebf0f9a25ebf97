// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/problem.hpp"
#include "host/store/token.hpp"

#include <boost/system/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Parses the text of a file of tokens; `where` names the file in problems.
[[nodiscard]] boost::system::result<std::vector<token_record>, problem>
parse_tokens(std::string_view text, const std::string& where);

/// Writes such a text.
[[nodiscard]] std::string write_tokens(const std::vector<token_record>& tokens);

} // namespace penstock::host
