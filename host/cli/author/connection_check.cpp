// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/connection_check.hpp"

#include "host/base/quantity.hpp"
#include "host/supervise/short_process.hpp"

#include <penstock/json.hpp>

#include <cstring>
#include <exception>
#include <utility>

#include <unistd.h>

namespace penstock::host::cli
{

namespace
{

using kind = supervise::short_process_end::kind;

// References to the environment are to find what a host would.
std::vector<std::string> whole_environment()
{
    std::vector<std::string> all;
    for (char** each = ::environ; *each != nullptr; ++each)
        all.emplace_back(*each);
    return all;
}

std::optional<std::string> reason_in(const std::string& said)
{
    try
    {
        const json::object told = parse_json(said).as_object();
        const json::value* const reason = told.if_contains("reason");
        return reason == nullptr ? std::nullopt : std::optional(std::string(reason->as_string()));
    }
    catch (const std::exception&)
    {
        return "it ended its process before it was connected";
    }
}

} // namespace

connection_check::connection_check(std::vector<std::string> packages, std::filesystem::path data,
                                   std::chrono::milliseconds time)
    : packages_(std::move(packages)), data_(std::move(data)), time_(time)
{
}

std::optional<std::string> connection_check::try_node(const std::filesystem::path& graph,
                                                      const std::string& node) const
{
    const json::object wish{{"file", graph.string()},
                            {"node", node},
                            {"packages", json::array(packages_.begin(), packages_.end())},
                            {"data", data_.string()}};
    const supervise::short_process process{.program = "/proc/self/exe",
                                           .arguments = {"connect"},
                                           .environment = whole_environment(),
                                           .time = time_};
    const supervise::short_process_end end = supervise::run(process, write_json(wish));
    switch (end.how)
    {
    case kind::exited: return reason_in(end.output);
    case kind::killed: return std::string("it crashed: ") + ::strsignal(end.code);
    case kind::timed_out: return "no answer within " + write_duration(time_);
    case kind::too_long: return "it sent too much";
    case kind::not_run: break;
    }
    return std::string("no process can be started: ") + std::strerror(end.code);
}

} // namespace penstock::host::cli
