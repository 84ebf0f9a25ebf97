// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/state_folder.hpp"

#include "host/store/durable_file.hpp"

#include <penstock/detail/packet_access.hpp>

#include <stdexcept>
#include <system_error>

namespace penstock::host
{

std::optional<std::string> state_folder::load(const std::string& graph, const std::string& node,
                                              std::string_view key) const
{
    const std::filesystem::path file = file_of(graph, node, key);
    std::error_code error;
    const bool is_there = std::filesystem::exists(file, error);
    std::optional<std::string> text = is_there ? read_file(file) : std::nullopt;
    if (error || (is_there && !text)) // to begin anew would read all of an upstream again
        throw std::runtime_error(file.string() + ": cannot be read" +
                                 (error ? ": " + error.message() : ""));
    return text;
}

void state_folder::save(const std::string& graph, const std::string& node, const std::string& text,
                        std::string_view key) const
{
    if (const auto failed = replace_file(file_of(graph, node, key), text))
        throw std::runtime_error(to_string(*failed));
}

std::optional<problem> state_folder::remove(std::string_view graph) const
{
    std::error_code error;
    const std::filesystem::path folder = folder_ / std::string(graph);
    std::filesystem::remove_all(folder, error);
    if (error)
        return problem(folder.string(), "", "cannot be removed: " + error.message(), "");
    return std::nullopt;
}

// A key may have any length and any characters; 128 bits of it tell keys apart.
std::filesystem::path state_folder::file_of(const std::string& graph, const std::string& node,
                                            std::string_view key) const
{
    if (key.empty())
        return folder_ / graph / (node + ".json");
    return folder_ / graph / node /
           (detail::packet_access::position_id({}, {}, key).text() + ".json");
}

} // namespace penstock::host
