// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace text_package
{

extern const penstock::component_entry chunk_entry;
extern const penstock::component_entry cut_entry;
extern const penstock::component_entry grep_entry;
extern const penstock::component_entry lines_entry;
extern const penstock::component_entry normalize_entry;
extern const penstock::component_entry read_entry;
extern const penstock::component_entry redact_entry;
extern const penstock::component_entry sort_entry;
extern const penstock::component_entry uniq_entry;

} // namespace text_package
