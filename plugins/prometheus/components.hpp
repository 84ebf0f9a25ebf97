// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace prometheus_package
{

extern const penstock::component_entry scrape_entry;

} // namespace prometheus_package
