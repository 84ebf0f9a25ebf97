// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/graph_store.hpp"

#include "host/store/durable_file.hpp"

#include <algorithm>
#include <string>
#include <system_error>

namespace penstock::host
{

std::vector<parsed_graph> graph_store::load() const
{
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& each : std::filesystem::directory_iterator(folder_, error))
        if (each.path().extension() == ".json")
            files.push_back(each.path());
    std::ranges::sort(files);
    std::vector<parsed_graph> graphs;
    if (error && error != std::errc::no_such_file_or_directory)
        graphs.push_back({{}, {{folder_.string(), "", "cannot be read: " + error.message(), ""}}});
    for (const std::filesystem::path& each : files)
    {
        parsed_graph read = parse_graph(read_file(each).value_or(""));
        if (read.problems.empty() && read.graph.name != each.stem().string())
            read.problems.emplace_back("", "/name", "not the name of the file",
                                       quote(each.stem().string()) + " was expected");
        if (!read.problems.empty())
            read.graph.name = each.stem().string();
        for (problem& wrong : read.problems)
            wrong.where = each.string();
        graphs.push_back(std::move(read));
    }
    return graphs;
}

std::optional<problem> graph_store::save(const graph_spec& graph) const
{
    return replace_file(file_of(graph.name), write_graph(graph));
}

std::optional<problem> graph_store::remove(std::string_view graph) const
{
    return remove_file(file_of(graph));
}

std::filesystem::path graph_store::file_of(std::string_view graph) const
{
    return folder_ / (std::string(graph) + ".json");
}

} // namespace penstock::host
