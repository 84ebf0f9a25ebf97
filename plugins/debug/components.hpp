// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace debug_package
{

extern const penstock::component_entry generate_entry;
extern const penstock::component_entry fail_entry;
extern const penstock::component_entry print_entry;
extern const penstock::component_entry null_entry;

} // namespace debug_package
