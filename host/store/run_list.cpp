// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/run_list.hpp"

#include "host/store/durable_file.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <exception>
#include <string>
#include <system_error>
#include <utility>

namespace penstock::host
{

namespace
{

std::optional<listed_run> read_run(const std::filesystem::path& file)
{
    try
    {
        const json::value form = parse_json(read_file(file).value_or(""));
        parsed_graph parsed = parse_graph(write_json(form.at("graph")));
        if (!parsed.problems.empty())
            return std::nullopt;
        return listed_run{std::move(parsed.graph), std::string(form.at("file").as_string()),
                          form.at("stopped").as_bool()};
    }
    catch (const std::exception&) // not whole, or of another version
    {
        return std::nullopt;
    }
}

} // namespace

bool run_list::is_begun() const
{
    std::error_code ignored;
    return std::filesystem::is_directory(folder_, ignored);
}

std::vector<listed_run> run_list::all() const
{
    std::vector<listed_run> runs;
    std::error_code ignored; // of a folder that is not there
    for (const auto& each : std::filesystem::directory_iterator(folder_, ignored))
        if (each.path().extension() == ".json")
            if (auto run = read_run(each.path()))
                runs.push_back(*std::move(run));
    std::ranges::sort(runs, {}, [](const listed_run& run) { return run.graph.name; });
    return runs;
}

std::optional<listed_run> run_list::of_graph(std::string_view graph) const
{
    return read_run(file_of(graph));
}

std::optional<listed_run> run_list::of_file(const std::filesystem::path& file) const
{
    for (listed_run& each : all())
        if (each.file == file)
            return std::move(each);
    return std::nullopt;
}

std::optional<problem> run_list::note(const listed_run& run) const
{
    const json::object form{{"graph", parse_json(write_graph(run.graph))},
                            {"file", run.file.string()},
                            {"stopped", run.is_stopped}};
    const std::string text = write_json(form) + '\n';
    const std::filesystem::path file = file_of(run.graph.name);
    const std::lock_guard lock(mutex_);
    return read_file(file) == text ? std::nullopt : replace_file(file, text);
}

std::optional<problem> run_list::remove(std::string_view graph) const
{
    const std::lock_guard lock(mutex_);
    return remove_file(file_of(graph));
}

std::filesystem::path run_list::file_of(std::string_view graph) const
{
    return folder_ / (std::string(graph) + ".json");
}

} // namespace penstock::host
