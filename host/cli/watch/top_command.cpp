// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/watch/top_command.hpp"

#include "host/base/quantity.hpp"
#include "host/cli/arguments.hpp"
#include "host/cli/host_call.hpp"
#include "host/cli/watch/top_table.hpp"

#include <CLI/App.hpp>

#include <iostream>
#include <thread>

#include <unistd.h>

namespace penstock::host::cli
{

namespace
{

// So that one host that hangs keeps the others from being shown no longer.
constexpr std::chrono::seconds longest_for_one_of_many{2};

constexpr const char* home_and_clear = "\x1b[H\x1b[2J";

// What components count of themselves, by node.
json::object own_metrics(const json::object& counted)
{
    json::object all;
    for (const auto& node : counted.at("nodes").as_object())
        if (const json::value* metrics = node.value().as_object().if_contains("metrics"))
            all[node.key()] = *metrics;
    return all;
}

} // namespace

top_command::top_command(CLI::App& program)
    : command(*program.add_subcommand("top", "Shows how graphs fare, again and again."))
{
    CLI::App& verb = *program.get_subcommand("top");
    verb.add_option("GRAPH", graphs_, "those to show; all if none is named");
    verb.add_option("--interval", interval_, "the time between two looks")
        ->type_name("TIME")
        ->capture_default_str();
    verb.add_flag("--once", once_, "look twice, show what was between, and end");
    add_addresses(verb, to_);
    add_json(verb, json_);
}

boost::system::result<std::vector<std::string>, problem>
top_command::names(const host_address& of, clock::time_point deadline) const
{
    if (!graphs_.empty())
        return graphs_;
    const auto all = ask(of, "GET", "/api/graphs", {}, deadline);
    if (!all)
        return all.error();
    std::vector<std::string> found;
    for (const json::value& each : all->as_array())
        found.push_back(text_of(each, "name"));
    return found;
}

// What is to be shown of one host now; of several, each says which it is.
boost::system::result<std::string, problem> top_command::look(const host_address& at,
                                                              clock::time_point deadline)
{
    const bool is_one_of_many = to_.urls.size() > 1;
    const auto shown = names(at, deadline);
    if (!shown)
        return shown.error();
    std::string text;
    for (const std::string& each : *shown)
    {
        const auto counted =
            ask(at, "GET", "/api/graphs/" + http::percent_encoded(each) + "/stats", {}, deadline);
        if (!counted)
            return counted.error();
        api::live_stats& stats = stats_[at.url][each];
        stats.tell_all();
        json::object rates = stats.next(counted->as_object(), api::live_stats::clock::now());
        if (json_)
        {
            if (is_one_of_many)
                rates["host"] = at.url;
            rates["graph"] = each;
            rates["state"] = counted->at("state");
            rates["metrics"] = own_metrics(counted->as_object());
            text += write_json(rates) + '\n';
        }
        else
            text += (text.empty() ? "" : "\n") + (is_one_of_many ? at.url + "  " : std::string()) +
                    top_table(counted->as_object(), rates);
    }
    return text;
}

// One of several hosts that does not answer is shown as such; the others are shown all the same.
boost::system::result<top_command::sight, problem> top_command::look()
{
    const std::vector<host_address> all = to_.each();
    if (all.size() == 1)
    {
        auto shown = look(all.front(), clock::time_point::max());
        if (!shown)
            return shown.error();
        return sight{*std::move(shown), true};
    }
    sight made;
    std::string& text = made.text;
    for (const host_address& each : all)
    {
        const auto shown = look(each, clock::now() + longest_for_one_of_many);
        made.is_of_host = made.is_of_host || shown.has_value();
        if (!shown && shown.error().where.starts_with("--"))
            return shown.error();
        if (!json_ && !text.empty())
            text += '\n';
        if (shown)
            text += *shown;
        else if (json_)
            text += write_json({{"host", each.url}, {"error", shown.error().message}}) + '\n';
        else
            text += each.url + "  " + shown.error().message + '\n';
    }
    return made;
}

int top_command::run()
{
    const auto interval = parse_duration(interval_);
    if (!interval || interval->count() <= 0)
        return complain({"--interval", "", quote(interval_) + " does not fit",
                         "a time as in 500ms, 45s or 10m was expected"},
                        misuse);
    const bool redraws = !json_ && !once_ && ::isatty(STDOUT_FILENO) != 0;
    for (bool first = true;; first = false)
    {
        const auto seen = look();
        if (!seen)
            return complain(seen.error());
        if (!first || !once_)
        {
            if (redraws)
                std::cout << home_and_clear;
            else if (!json_ && !first && !once_)
                std::cout << '\n';
            std::cout << seen->text << std::flush;
        }
        if (!std::cout || (once_ && !first))
            return std::cout && seen->is_of_host ? fine : failure;
        std::this_thread::sleep_for(*interval);
    }
}

} // namespace penstock::host::cli
