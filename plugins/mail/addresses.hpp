// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mail_package
{

/// Returns the addresses of a header field (RFC 5322, 3.4), each as `ADDRESS` or `NAME <ADDRESS>`,
/// the name decoded. Members of groups stand alone, without the group's name. What is no address is
/// a text of its own.
[[nodiscard]] std::vector<std::string> addresses_of(std::string_view value);

} // namespace mail_package
