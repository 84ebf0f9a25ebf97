// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace classify_package
{

extern const penstock::component_entry text_entry;

} // namespace classify_package
