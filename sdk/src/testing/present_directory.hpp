// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/testing/run.hpp>

namespace penstock::testing
{

/// The data directory of the runs on this thread, or null.
[[nodiscard]] data_directory* present_directory() noexcept;

} // namespace penstock::testing
