// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "archive_name.hpp"

#include <algorithm>
#include <string>

namespace archive_package
{

bool names_archive(std::string_view filename)
{
    constexpr std::string_view archives[] = {"7z", "gz", "tar", "tgz", "zip", "zst"};
    const std::size_t dot = filename.rfind('.');
    std::string extension(dot == std::string_view::npos ? "" : filename.substr(dot + 1));
    std::ranges::transform(extension, extension.begin(),
                           [](char c)
                           { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return std::ranges::find(archives, std::string_view(extension)) != std::ranges::end(archives);
}

} // namespace archive_package
