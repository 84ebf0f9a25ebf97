// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <filesystem>
#include <string_view>

namespace penstock::host
{

/// The language in which people write a graph file or a configuration.
enum class file_syntax
{
    json,
    yaml
};

/// The language of a file by its name: YAML if that ends with `.yaml` or `.yml`, else JSON.
[[nodiscard]] file_syntax syntax_of(const std::filesystem::path& file);

/// The language by a media type with or without parameters: YAML for `application/yaml` (RFC 9512),
/// else JSON.
[[nodiscard]] file_syntax syntax_of_media_type(std::string_view type);

} // namespace penstock::host
