// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/graphs/component_trial.hpp"

#include "host/net/content/content_coding.hpp"
#include "host/supervise/short_process.hpp"

#include <penstock/json.hpp>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

namespace penstock::host::api
{

namespace
{

using supervise::short_process;
using supervise::short_process_end;
using kind = supervise::short_process_end::kind;

// What the program needs to find packages; nothing of what the host knows besides.
std::vector<std::string> environment()
{
    std::vector<std::string> kept;
    for (const char* name : {"PATH", "HOME", "XDG_DATA_HOME", "LANG", "LC_ALL", "TZ"})
        if (const char* value = std::getenv(name); value != nullptr)
            kept.push_back(std::string(name) + '=' + value);
    return kept;
}

http::response refuse_trial(unsigned status, std::string_view why)
{
    return http::response::problem(status, {}, why);
}

// How the process ended, if that is the answer.
std::optional<http::response> failure(const short_process_end& end, const trial_options& options,
                                      const api_limits& bounds)
{
    switch (end.how)
    {
    case kind::exited:
        if (end.code == 0)
            return std::nullopt;
        return refuse_trial(502, "the component ended its process with code " +
                                     std::to_string(end.code));
    case kind::killed:
        return refuse_trial(502, std::string("the component crashed: ") + ::strsignal(end.code));
    case kind::timed_out:
        return refuse_trial(504, "the component ran for more than " +
                                     std::to_string(options.time.count()) + " ms");
    case kind::too_long:
        return refuse_trial(502, "the component sent more than " +
                                     std::to_string(bounds.decompressed) + " bytes");
    case kind::not_run: break;
    }
    return refuse_trial(503, std::string("no process can be started: ") + std::strerror(end.code));
}

// What the process said: problems with what it was given, or what came of it.
http::response answer(const short_process_end& end)
{
    json::object said = parse_json(end.output).as_object();
    if (const json::value* why = said.if_contains("unknown"))
        return refuse_trial(404, std::string(why->as_string()));
    if (const json::value* problems = said.if_contains("problems"))
    {
        http::response made = refuse_trial(422, "the component cannot be tried like this");
        json::object body = parse_json(made.body).as_object();
        body["problems"] = *problems;
        made.body = write_json(body);
        return made;
    }
    said["milliseconds"] = end.time.count();
    return http::response::json(200, write_json(said));
}

http::response attempt(const http::request& sent, const path_arguments& path,
                       const trial_options& options, const api_limits& bounds)
{
    const auto text =
        http::decode_content(sent.headers.value("Content-Encoding"), sent.body, bounds);
    if (!text)
        return refuse_trial(text.error().status(), text.error().why());
    json::object wish;
    try
    {
        wish = parse_json(*text, {.depth = bounds.json_depth, .members = bounds.json_members})
                   .as_object();
    }
    catch (const std::exception& wrong)
    {
        return refuse_trial(400, std::string("body: ") + wrong.what() + "; an object was expected");
    }
    wish["component"] = std::string(path["package"]) + '/' + std::string(path["name"]);
    wish["packages"] = json::array(options.packages.begin(), options.packages.end());
    wish["readable"] = json::array(options.readable.begin(), options.readable.end());
    wish["network"] = options.network;
    wish["memory"] = options.memory;
    wish["milliseconds"] = options.time.count();
    const short_process process{.program = options.program,
                                .arguments = {"try"},
                                .environment = environment(),
                                .time = options.time,
                                .output = bounds.decompressed};
    const short_process_end end = supervise::run(process, write_json(wish));
    if (auto failed = failure(end, options, bounds))
        return *std::move(failed);
    try
    {
        return answer(end);
    }
    catch (const std::exception&)
    {
        return refuse_trial(502, "the component ended its process before it was done");
    }
}

} // namespace

void add_trial_route(router& table, trial_options options, const api_limits& bounds,
                     background_pool& trying)
{
    if (options.program.empty())
        return;
    table.add(
        {.method = "POST",
         .path = "/api/components/{package}/{name}/try",
         .needs = scope::deploy,
         .summary = "Runs a component over packets, in a process of its own: no graph, no data "
                    "directory, no files written. Where the kernel has Landlock, as `confined` of "
                    "the answer tells, it can neither make nor open any but those of packages and "
                    "the system; and as `offline` tells, it can neither open nor take TCP "
                    "connections.",
         .answers = {{200, "what it sent, by output; what failed; its log"},
                     {404, "no such component"},
                     {422, "wrong parameters or packets: the list of problems"},
                     {502, "it crashed"},
                     {504, "it ran over its time"}},
         .body = "application/json",
         .act = in_background(trying, [options = std::move(options), bounds](
                                          const http::request& sent, const path_arguments& path)
                              { return attempt(sent, path, options, bounds); })});
}

} // namespace penstock::host::api
