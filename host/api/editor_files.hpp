// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::api
{

/// Is one file of the editor: its path without a leading slash, and its content as gzip.
struct editor_file
{
    std::string path;
    std::string_view packed;
};

/// Reads a pack as host/editor/pack.mjs writes it; the files are views into it. A pack that is
/// damaged or empty has none.
[[nodiscard]] std::vector<editor_file> read_pack(std::string_view pack);

/// Returns what is embedded in this program; nothing when it was built without Node. [any thread]
[[nodiscard]] std::string_view embedded_pack();

/// Returns the paths of the files in a folder and in its `assets/`: what a build of the page made.
/// Links and other things that are no files are left out.
[[nodiscard]] std::vector<std::string> list_page(const std::filesystem::path& folder);

/// Reads one of those files and packs it; nothing if it is none of them.
[[nodiscard]] std::optional<std::string> read_page(const std::filesystem::path& folder,
                                                   std::string_view path);

} // namespace penstock::host::api
