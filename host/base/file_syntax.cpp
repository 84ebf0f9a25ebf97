// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/file_syntax.hpp"

#include <algorithm>

namespace penstock::host
{

file_syntax syntax_of(const std::filesystem::path& file)
{
    const std::filesystem::path end = file.extension();
    return end == ".yaml" || end == ".yml" ? file_syntax::yaml : file_syntax::json;
}

file_syntax syntax_of_media_type(std::string_view type)
{
    type = type.substr(0, type.find(';'));
    const std::size_t last = type.find_last_not_of(" \t");
    type = type.substr(0, last == type.npos ? 0 : last + 1);
    constexpr std::string_view yaml = "application/yaml";
    const auto is_same = [](char given, char lower)
    { return given == lower || (given >= 'A' && given <= 'Z' && given - 'A' + 'a' == lower); };
    return std::ranges::equal(type, yaml, is_same) ? file_syntax::yaml : file_syntax::json;
}

} // namespace penstock::host
