// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace dates_package
{

extern const penstock::component_entry normalize_entry;

} // namespace dates_package
