// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/draft_store.hpp"

#include "host/store/durable_file.hpp"

#include <system_error>

namespace penstock::host
{

std::size_t draft_store::count() const
{
    std::size_t found = 0;
    std::error_code none;
    for (const auto& each : std::filesystem::directory_iterator(folder_, none))
        found += each.path().extension() == ".json" ? 1 : 0;
    return found;
}

std::optional<std::string> draft_store::read(std::string_view graph) const
{
    return read_file(file_of(graph));
}

std::optional<problem> draft_store::save(std::string_view graph, std::string_view text) const
{
    return replace_file(file_of(graph), text);
}

std::optional<problem> draft_store::remove(std::string_view graph) const
{
    return remove_file(file_of(graph));
}

std::filesystem::path draft_store::file_of(std::string_view graph) const
{
    return folder_ / (std::string(graph) + ".json");
}

} // namespace penstock::host
