// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/editor_files.hpp"

#include "host/net/content/content_coding.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

// host/editor/embed.S.in
extern "C"
{
    extern const char penstock_editor_pack[];     // NOLINT(modernize-avoid-c-arrays)
    extern const char penstock_editor_pack_end[]; // NOLINT(modernize-avoid-c-arrays)
}

namespace penstock::host::api
{

std::string_view embedded_pack()
{
    return {penstock_editor_pack,
            static_cast<std::size_t>(penstock_editor_pack_end - penstock_editor_pack)};
}

std::vector<editor_file> read_pack(std::string_view pack)
{
    const std::size_t end_of_index = pack.find("\n\n");
    if (end_of_index == std::string_view::npos)
        return {};
    std::string_view index = pack.substr(0, end_of_index + 1);
    std::string_view content = pack.substr(end_of_index + 2);
    std::vector<editor_file> files;
    while (!index.empty())
    {
        const std::string_view line = index.substr(0, index.find('\n'));
        index.remove_prefix(line.size() + 1);
        const std::size_t space = line.rfind(' ');
        if (space == std::string_view::npos)
            return {};
        std::size_t size = 0;
        const auto [end, error] =
            std::from_chars(line.data() + space + 1, line.data() + line.size(), size);
        if (error != std::errc{} || end != line.data() + line.size() || size > content.size())
            return {};
        files.push_back({std::string(line.substr(0, space)), content.substr(0, size)});
        content.remove_prefix(size);
    }
    return content.empty() ? std::move(files) : std::vector<editor_file>{};
}

std::vector<std::string> list_page(const std::filesystem::path& folder)
{
    std::vector<std::string> files;
    for (const std::string prefix : {"", "assets/"})
    {
        std::error_code error;
        for (const auto& entry : std::filesystem::directory_iterator(folder / prefix, error))
            if (entry.symlink_status().type() == std::filesystem::file_type::regular)
                files.push_back(prefix + entry.path().filename().string());
    }
    return files;
}

std::optional<std::string> read_page(const std::filesystem::path& folder, std::string_view path)
{
    const std::vector<std::string> files = list_page(folder);
    if (std::find(files.begin(), files.end(), path) == files.end())
        return std::nullopt;
    std::ifstream file(folder / path, std::ios::binary);
    if (!file)
        return std::nullopt;
    return http::gzip(std::string(std::istreambuf_iterator<char>(file), {}));
}

} // namespace penstock::host::api
