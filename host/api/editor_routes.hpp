// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/editor_files.hpp"
#include "host/api/router.hpp"

#include <filesystem>
#include <string_view>

namespace penstock::host::api
{

/// Serves the editor: `/`, the files beside it, and `/assets/{file}`, whose names hold a hash of
/// their content. `pack` outlives the table; an empty one makes `/` a notice that says what is
/// missing. Nothing but what is embedded is served, whatever the address.
void add_editor_routes(router& table, std::string_view pack = embedded_pack());

/// Serves the editor from a folder, each file as it is when it is requested: for work on the
/// page. Nothing but what stands in the folder and in its `assets/` is served.
void add_editor_folder(router& table, const std::filesystem::path& folder, background_pool& disk);

} // namespace penstock::host::api
