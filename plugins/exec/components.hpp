// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace exec_package
{

extern const penstock::component_entry run_entry;

} // namespace exec_package
