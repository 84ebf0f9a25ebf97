// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace penstock::host
{

class state_store;

/// What components find on the disk.
struct run_data
{
    const state_store* states = nullptr; ///< null: no states are kept
    std::string directory;               ///< where components may keep files; empty: nowhere
};

} // namespace penstock::host
