// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace geo_package
{

extern const penstock::component_entry code_entry;
extern const penstock::component_entry ip_entry;

} // namespace geo_package
