// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace penstock::host
{

/// The answer of the admission to a request.
enum class admission
{
    accepted,
    full,      ///< try again later
    too_large, ///< can never fit
    closed     ///< no version of the graph is running, or its dead letters have no room
};

} // namespace penstock::host
