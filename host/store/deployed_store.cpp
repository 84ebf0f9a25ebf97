// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/deployed_store.hpp"

#include "host/base/sha256.hpp"
#include "host/store/durable_file.hpp"

#include <string>

namespace penstock::host
{

std::optional<graph_spec> deployed_store::read(const std::filesystem::path& graph_file) const
{
    const std::optional<std::string> text = read_file(file_of(graph_file));
    if (!text)
        return std::nullopt;
    parsed_graph parsed = parse_graph(*text);
    return parsed.problems.empty() ? std::optional(std::move(parsed.graph)) : std::nullopt;
}

std::optional<problem> deployed_store::save(const std::filesystem::path& graph_file,
                                            const graph_spec& graph) const
{
    const std::lock_guard lock(mutex_);
    const std::filesystem::path file = file_of(graph_file);
    const std::string text = write_graph(graph);
    return read_file(file) == text ? std::nullopt : replace_file(file, text);
}

std::optional<problem> deployed_store::remove(const std::filesystem::path& graph_file) const
{
    const std::lock_guard lock(mutex_);
    return remove_file(file_of(graph_file));
}

// By the path of the graph file, for its name is not known when it cannot be read.
std::filesystem::path deployed_store::file_of(const std::filesystem::path& graph_file) const
{
    std::error_code error;
    const std::filesystem::path whole = std::filesystem::absolute(graph_file, error);
    return folder_ / (to_hex(sha256(whole.lexically_normal().string())) + ".json");
}

} // namespace penstock::host
