// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/graph_files.hpp"

#include "host/base/file_text.hpp"

#include <map>

namespace penstock::host
{

graph_file read_graph(const std::filesystem::path& file)
{
    const boost::system::result<std::string, problem> text = read_text(file);
    if (!text)
        return {file, {}, {text.error()}};
    parsed_graph parsed = parse_graph(*text);
    return {file, std::move(parsed.graph), located(std::move(parsed.problems), file)};
}

std::vector<graph_file> read_graphs(const std::vector<std::string>& files)
{
    std::vector<graph_file> read;
    std::map<std::string, std::string> names;
    for (const std::string& file : files)
    {
        graph_file& latest = read.emplace_back(read_graph(file));
        if (latest.graph.name.empty())
            continue;
        const auto [first, is_new] = names.emplace(latest.graph.name, file);
        if (!is_new)
            latest.problems.emplace_back(
                file, "/name", quote(latest.graph.name) + " is also the name in " + first->second,
                "another name was expected");
    }
    return read;
}

std::vector<problem> located(std::vector<problem> problems, const std::filesystem::path& file)
{
    for (problem& each : problems)
        each.where = file.string();
    return problems;
}

} // namespace penstock::host
