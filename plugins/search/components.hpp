// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace search_package
{

extern const penstock::component_entry index_entry;
extern const penstock::component_entry query_entry;

} // namespace search_package
