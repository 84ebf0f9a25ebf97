// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/graph_starter.hpp"

#include "host/app/log.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

namespace penstock::host
{

namespace
{

void log_runs(const graph_spec& graph)
{
    log(severity::information, graph.name,
        "runs: " + std::to_string(graph.nodes.size()) + " nodes, " +
            std::to_string(graph.edges.size()) + " edges");
}

void log_failure(const std::optional<problem>& failed)
{
    if (failed)
        log(severity::warning, "", to_string(*failed));
}

// Whether a file is not there, though its folder is. What cannot be looked at may be there.
bool is_gone(const std::filesystem::path& file)
{
    std::error_code error;
    if (std::filesystem::exists(file, error) || error)
        return false;
    return std::filesystem::is_directory(std::filesystem::absolute(file).parent_path(), error);
}

} // namespace

graph_starter::graph_starter(engine& graphs, const graph_folders& kept,
                             std::vector<std::string> files, start_conditions how)
    : engine_(graphs),
      kept_(kept),
      files_(std::move(files)),
      how_(how),
      retries_([this](const std::string& file) { return try_again(file); }, how.shortest_pause,
               how.longest_pause)
{
}

std::string graph_starter::name_in(const std::string& file, const deployed_store& deployed)
{
    std::string name = read_graph(file).graph.name;
    if (!name.empty())
        return name;
    const auto last = deployed.read(file);
    return last ? last->name : std::string();
}

// What the worker before ran or was to run. Where nothing could be noted, the files decide.
std::vector<graph_file> graph_starter::resumed() const
{
    if (!kept_.runs.is_begun())
        return read_all();
    std::vector<graph_file> runs;
    for (listed_run& each : kept_.runs.all())
        if (each.is_stopped)
            keep_stopped(each.graph);
        else
        {
            const graph_file now = read_graph(each.file);
            if (!now.problems.empty() || now.graph != each.graph)
                log(severity::warning, each.graph.name,
                    "runs as it was deployed last; its file says something else, " +
                        each.file.string());
            runs.push_back({each.file, std::move(each.graph), {}});
        }
    return runs;
}

// What a host starts with. Files that are named are wanted, whatever was stopped before.
std::vector<graph_file> graph_starter::first() const
{
    std::vector<graph_file> wanted = read_all();
    for (const listed_run& each : kept_.runs.all())
    {
        const auto is_same = [&](const graph_file& file)
        { return file.graph.name == each.graph.name; };
        const auto stopped = std::ranges::find_if(wanted, is_same);
        if (!files_.empty() || !each.is_stopped || stopped == wanted.end())
        {
            log_failure(kept_.runs.remove(each.graph.name));
            continue;
        }
        log(severity::error, stopped->problems);
        keep_stopped(stopped->problems.empty() ? stopped->graph : each.graph);
        wanted.erase(stopped);
    }
    for (const graph_file& each : wanted)
        if (each.problems.empty())
            note(each);
    return wanted;
}

void graph_starter::keep_stopped(const graph_spec& graph) const
{
    engine_.keep(graph);
    log(severity::information, graph.name, "was stopped, and is not run until it is deployed");
}

void graph_starter::note(const graph_file& which) const
{
    log_failure(kept_.runs.note({which.graph, which.file}));
}

std::vector<graph_file> graph_starter::read_all() const
{
    if (!files_.empty())
        return read_graphs(files_);
    std::vector<graph_file> kept;
    for (parsed_graph& each : kept_.graphs.load())
    {
        const std::filesystem::path file = kept_.graphs.file_of(each.graph.name);
        kept.push_back({file, std::move(each.graph), std::move(each.problems)});
    }
    return kept;
}

std::vector<problem> graph_starter::start()
{
    std::vector<problem> refused;
    for (graph_file& each : how_.is_replacement ? resumed() : first())
    {
        const auto changing = engine_.change(each.graph.name);
        std::vector<problem> problems = begin(each);
        if (problems.empty())
            continue;
        if (!files_.empty() && !how_.is_replacement)
            std::ranges::move(problems, std::back_inserter(refused));
        else
            fall_back(each, problems);
    }
    if (how_.is_replacement && files_.empty())
        for (const parsed_graph& each : kept_.graphs.load()) // edited, and not deployed
            if (each.problems.empty())
                engine_.keep(each.graph);
    return refused;
}

std::vector<problem> graph_starter::begin(graph_file& read)
{
    if (!read.problems.empty())
        return read.problems;
    if (how_.intake_only)
    {
        engine_.pause(read.graph, "the worker crashed too often in the last minute; SIGHUP, or "
                                  "to deploy it, tries again");
        return {};
    }
    std::vector<problem> problems = located(engine_.begin(read.graph), read.file);
    if (problems.empty() && is_running(read.graph.name))
        deployed(read);
    return problems;
}

bool graph_starter::is_running(const std::string& graph) const
{
    const auto found = engine_.find(graph);
    const auto state = found ? found->running->state() : graph_state::stopped;
    return found && !found->running->paused() && state != graph_state::stopped;
}

// What was deployed before goes on to take data, and runs as it was, if it can.
void graph_starter::fall_back(const graph_file& failed, const std::vector<problem>& why)
{
    log(severity::error, why);
    const std::optional<graph_spec> last = kept_.deployed.read(failed.file);
    if (!last && (files_.empty() || failed.graph.name.empty()))
        return; // it never ran, or nothing is known of it
    const std::string file = failed.file.string();
    if (!failed.problems.empty() && last)
        note({failed.file, *last, {}});
    {
        const std::lock_guard lock(mutex_);
        told_[file] = to_string(why.front());
    }
    if (!begin_last(failed))
        engine_.pause(last ? *last : failed.graph, to_string(why.front()) + "; it is tried again");
    retries_.add(file);
}

// Begins what was deployed last, if that is something else; returns whether it runs.
bool graph_starter::begin_last(const graph_file& failed)
{
    const std::optional<graph_spec> last = kept_.deployed.read(failed.file);
    if (how_.intake_only || !last || *last == failed.graph || !engine_.begin(*last).empty() ||
        !is_running(last->name)) // paused for its crashes
        return false;
    log(severity::warning, last->name, "runs as it was deployed last, until its file can be run");
    const std::lock_guard lock(mutex_);
    fallen_back_[failed.file.string()] = *last;
    return true;
}

bool graph_starter::try_again(const std::string& file)
{
    const std::optional<listed_run> run = kept_.runs.of_file(file);
    const std::string graph = run ? run->graph.name : name_in(file, kept_.deployed);
    const auto changing = engine_.change(graph);
    graph_file read = how_.is_replacement && run ? graph_file{file, run->graph, {}}
                                                 : read_graph(std::filesystem::path(file));
    if (graph.empty() || (!read.graph.name.empty() && read.graph.name != graph))
        return false; // it is being written
    if (is_taken_over(read, graph) || is_mended(read))
        return true;
    const std::vector<problem> problems = begin(read);
    if (problems.empty())
        return true;
    if (!is_running(graph))
        static_cast<void>(begin_last(read));
    const std::string why = to_string(problems.front());
    const std::lock_guard lock(mutex_);
    if (std::exchange(told_[file], why) != why)
        log(severity::error, problems);
    return false;
}

// Whether somebody has deployed, stopped or deleted the graph meanwhile.
bool graph_starter::is_taken_over(const graph_file& read, const std::string& graph)
{
    const auto found = engine_.find(graph);
    if (!found)
        return true;
    if (found->running->state() == graph_state::stopped)
        return true;
    const std::lock_guard lock(mutex_);
    const auto instead = fallen_back_.find(read.file.string());
    return !found->running->paused() &&
           (instead == fallen_back_.end() || found->deployed != instead->second);
}

// Whether the file says again what runs instead of it.
bool graph_starter::is_mended(const graph_file& read)
{
    const std::lock_guard lock(mutex_);
    const auto instead = fallen_back_.find(read.file.string());
    if (instead == fallen_back_.end() || !read.problems.empty() || read.graph != instead->second ||
        !is_running(read.graph.name))
        return false;
    log(severity::information, read.graph.name, "its file can be run again, and is what runs");
    return true;
}

void graph_starter::deployed(const graph_file& which)
{
    log_runs(which.graph);
    note(which);
    if (const auto failed = kept_.deployed.save(which.file, which.graph))
        log(severity::warning, which.graph.name,
            to_string(*failed) + "; should its file be damaged, this version is not there to run");
}

std::vector<problem> graph_starter::deploy(graph_file& read)
{
    if (!read.problems.empty())
        return read.problems;
    std::vector<problem> problems = located(engine_.deploy(read.graph), read.file);
    if (problems.empty())
        deployed(read);
    return problems;
}

void graph_starter::reload()
{
    const std::vector<listed_run> before = kept_.runs.all();
    std::vector<graph_file> files = read_all();
    for (graph_file& each : files)
        reload(each);
    // A file whose graph has another name now is that one's.
    for (const listed_run& each : before)
        for (const graph_file& now : files)
            if (now.file == each.file && now.problems.empty() && now.graph.name != each.graph.name)
                log_failure(kept_.runs.remove(each.graph.name));
    forget_stopped_without_file(files);
}

// A graph whose file is gone, or has another name now, runs on until somebody stops it. One that is
// stopped is nothing but a name, unless requests of it are pending.
void graph_starter::forget_stopped_without_file(const std::vector<graph_file>& files)
{
    for (const kept_graph& each : engine_.all())
    {
        const std::string& name = each.spec.name;
        const auto changing = engine_.change(name);
        const auto run = kept_.runs.of_graph(name);
        const std::filesystem::path file = run ? run->file : kept_.graphs.file_of(name);
        const bool is_of_file = std::ranges::any_of(files, [&](const graph_file& now)
                                                    { return now.graph.name == name; });
        const bool is_of_other =
            std::ranges::any_of(files, [&](const graph_file& now)
                                { return now.file == file && !now.graph.name.empty(); });
        if (is_of_file || (!is_of_other && !is_gone(file)) ||
            each.running->state() != graph_state::stopped || each.running->pending().entries() != 0)
            continue;
        if (engine_.forget(name) != 0)
            continue;
        log_failure(kept_.runs.remove(name));
        log(severity::information, name, "is forgotten: it is stopped, and has no file any more");
    }
}

// A file that is kept may have been edited or deleted since all were read.
void graph_starter::reload(graph_file& read)
{
    const auto changing = engine_.change(read.graph.name);
    std::error_code ignored;
    if (files_.empty() && !std::filesystem::exists(read.file, ignored))
        return;
    if (files_.empty())
        read = read_graph(read.file);
    const std::vector<problem> problems = deploy(read);
    log(severity::error, problems);
    if (problems.empty())
        retries_.drop(read.file.string());
}

} // namespace penstock::host
