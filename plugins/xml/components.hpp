// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace xml_package
{

extern const penstock::component_entry map_entry;
extern const penstock::component_entry read_entry;
extern const penstock::component_entry write_entry;

} // namespace xml_package
