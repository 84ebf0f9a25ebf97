// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/graph_files.hpp"

#include "host/base/file_text.hpp"

#include <algorithm>
#include <map>
#include <system_error>

namespace penstock::host
{

namespace
{

bool is_graph_file(const std::filesystem::path& file)
{
    const bool has_syntax = file.extension() == ".json" || syntax_of(file) == file_syntax::yaml;
    return has_syntax && file.stem().extension() != ".test";
}

} // namespace

graph_file read_graph(const std::filesystem::path& file)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored))
        return {
            file,
            {},
            {problem(file.string(), "", "has no graph file", "a *.json or *.yaml was expected")}};
    const boost::system::result<std::string, problem> text = read_text(file);
    if (!text)
        return {file, {}, {text.error()}};
    parsed_graph parsed = parse_graph(*text, syntax_of(file));
    return {file, std::move(parsed.graph), located(std::move(parsed.problems), file)};
}

std::vector<std::string> unfolded(const std::vector<std::string>& files)
{
    std::vector<std::string> found;
    for (const std::string& each : files)
    {
        const std::size_t before = found.size();
        std::error_code ignored; // it is no folder then
        for (const auto& inside : std::filesystem::directory_iterator(each, ignored))
            if (is_graph_file(inside.path()))
                found.push_back(inside.path().string());
        std::sort(found.begin() + static_cast<std::ptrdiff_t>(before), found.end());
        if (found.size() == before)
            found.push_back(each);
    }
    return found;
}

std::vector<graph_file> read_graphs(const std::vector<std::string>& files)
{
    std::vector<graph_file> read;
    std::map<std::string, std::string> names;
    for (const std::string& file : unfolded(files))
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
