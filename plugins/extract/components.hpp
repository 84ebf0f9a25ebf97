// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>

namespace extract_package
{

extern const penstock::component_entry address_entry;
extern const penstock::component_entry dictionary_entry;
extern const penstock::component_entry email_entry;
extern const penstock::component_entry grok_entry;
extern const penstock::component_entry keyvalue_entry;
extern const penstock::component_entry regex_entry;
extern const penstock::component_entry url_entry;

} // namespace extract_package
