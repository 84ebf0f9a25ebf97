// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::http
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

} // namespace penstock::host::http
