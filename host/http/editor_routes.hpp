// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/http/editor_files.hpp"
#include "host/http/router.hpp"

#include <string_view>

namespace penstock::host::http
{

/// Serves the editor: `/`, the files beside it, and `/assets/{file}`, whose names hold a hash of
/// their content. `pack` outlives the table; an empty one makes `/` a notice that says what is
/// missing. Nothing but what is embedded is served, whatever the address.
void add_editor_routes(router& table, std::string_view pack = embedded_pack());

} // namespace penstock::host::http
