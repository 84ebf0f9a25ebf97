// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace mail_package
{

/// Returns the parts of a multipart (RFC 2046, 5.1), in order; of too many, one more than `most`.
/// What is before the first and behind the last is none of them. The last part may lack its end. It
/// takes time in proportion to the content.
[[nodiscard]] std::vector<std::string_view> parts_of(std::string_view content,
                                                     std::string_view boundary, std::size_t most);

} // namespace mail_package
