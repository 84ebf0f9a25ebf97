// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "message.hpp"

#include <string>

namespace penstock::host::http
{

/// What an answer that is no success says, on one line: `415 Unsupported Media Type: type: …`.
[[nodiscard]] std::string answer_text(const response& answer);

} // namespace penstock::host::http
