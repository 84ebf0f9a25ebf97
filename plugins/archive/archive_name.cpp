// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "archive_name.hpp"

#include "../reading/ascii.hpp"

#include <algorithm>
#include <string>

namespace archive_package
{

bool names_archive(std::string_view filename)
{
    constexpr std::string_view archives[] = {"7z", "gz", "tar", "tgz", "zip", "zst"};
    const std::size_t dot = filename.rfind('.');
    const std::string extension =
        reading::lower(dot == std::string_view::npos ? "" : filename.substr(dot + 1));
    return std::ranges::find(archives, std::string_view(extension)) != std::ranges::end(archives);
}

bool names_tar(std::string_view filename)
{
    constexpr std::string_view tars[] = {".tar", ".tar.gz", ".tar.zst", ".tgz"};
    const std::string name = reading::lower(filename);
    return std::ranges::any_of(tars, [&](std::string_view end) { return name.ends_with(end); });
}

} // namespace archive_package
