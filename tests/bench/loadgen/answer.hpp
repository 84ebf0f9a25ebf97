// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace penstock::bench
{

/// What a generator of load wants to know of an answer.
struct answer
{
    int status;
    bool closes; ///< the connection ends with it
};

/// Takes one whole answer from the front of what was received; nothing while some of it is missing.
/// `ended`: no more will come.
std::optional<answer> take_answer(std::string& received, bool ended);

} // namespace penstock::bench
