// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/run/run_command.hpp"

#include "host/app/crash_watch.hpp"
#include "host/app/data_directory.hpp"
#include "host/app/descriptor_limit.hpp"
#include "host/app/environment.hpp"
#include "host/app/exposure.hpp"
#include "host/app/log.hpp"
#include "host/app/peer_settings.hpp"
#include "host/app/reloads.hpp"
#include "host/app/running_host.hpp"
#include "host/app/signals.hpp"
#include "host/app/supervised.hpp"
#include "host/cli/arguments.hpp"
#include "host/supervise/handover.hpp"

#include <CLI/App.hpp>

#include <cstdlib>
#include <iostream>

#include <signal.h>
#include <unistd.h>

namespace penstock::host::cli
{

namespace
{

constexpr std::chrono::seconds lock_patience{5};

// Asked to stop while it starts, the host starts and stops in order; asked twice, it leaves at
// once.
constexpr int stops_to_leave_a_start = 2;
constexpr int stops_to_leave_a_reload = 1;
constexpr int stops_to_leave_a_stop = 1; // that it stops is because it was asked before

int complain_all(const std::vector<problem>& problems, int code)
{
    for (const problem& each : problems)
        complain(each);
    return problems.empty() ? fine : code;
}

/// The exit code of a start that failed. A worker that replaces another asks to be tried again: the
/// host has been running, and its clients wait.
int code_of_failure(const std::optional<supervised>& worker)
{
    return worker && worker->is_replacement() ? supervise::exit_to_recover : failure;
}

/// Ends this worker for another one to read the journal afresh, unless that has just been done in
/// vain: then the host answers 503 until somebody has looked at the disk. A place in a database may
/// be lost again and again, and each time a new worker has one.
void recover(running_host& host, const std::optional<supervised>& worker, bool has_disk)
{
    const std::string why = host.journal_trouble();
    if (!worker || (has_disk && !worker->may_recover()))
    {
        log(severity::error, "journal",
            why + "; nothing is taken in until the host is started anew" +
                (has_disk ? ": look at the disk" : ""));
        return;
    }
    log(severity::error, "journal", why + "; ending the worker, to read the journal afresh");
    host.abandon();
    std::_Exit(supervise::exit_to_recover);
}

/// Runs the host until it is told to stop; returns the exit code of the program. `has_disk`: whether
/// its journal lies on one of this machine.
int serve(running_host& host, signals& instructions, const std::optional<supervised>& worker,
          bool has_disk)
{
    std::vector<problem> problems;
    if (!instructions.work([&] { problems = host.start(); }, stops_to_leave_a_start))
    {
        log(severity::error, "", "stopped before it had started");
        std::_Exit(failure); // a component that does not start cannot be waited for
    }
    if (!problems.empty())
        return complain_all(problems, code_of_failure(worker));
    if (worker)
        worker->serves();
    host.drain_left();
    reloads all_reloads(
        instructions, [&host] { host.reload(); }, stops_to_leave_a_reload);
    for (instruction next = instructions.wait(); next != instruction::stop;
         next = instructions.wait())
    {
        if (next == instruction::reload)
            all_reloads.next();
        else
            recover(host, worker, has_disk);
    }
    if (all_reloads.is_any_left())
        log(severity::warning, "", "stopping though a graph is still being started");
    std::size_t left = 0;
    if (!instructions.work([&] { left = host.stop(); }, stops_to_leave_a_stop))
    {
        log(severity::error, "", "stopped before all was worked off");
        host.summarise();
        std::_Exit(failure);
    }
    host.summarise();
    const bool all_is_ended = !all_reloads.is_any_left() && host.has_ended();
    if (left > 0 || !all_is_ended) // what did not end by now may never: the program does
        std::_Exit(left > 0 ? failure : fine);
    return fine;
}

} // namespace

run_command::run_command(CLI::App& program)
    : command(*program.add_subcommand("run", "Runs graphs and takes data in over HTTP."))
{
    CLI::App& verb = *program.get_subcommand("run");
    verb.add_option("GRAPH.json", graphs_,
                    "graph files in JSON or YAML, or folders of them; without any, the graphs that "
                    "are kept");
    verb.add_option(
            "--config", source_.file,
            "a file with settings, in JSON or YAML; the environment wins over it, and flags "
            "over both")
        ->type_name("FILE")
        ->envname(configuration_variable);
    verb.add_flag("--no-supervisor", alone_, "run in one process, for debuggers and sanitizers");
    verb.add_flag("--print-config", print_config_, "print the settings as such a file, and end");
    for (const setting& each : all_settings())
        verb.add_option(each.flag(), source_.flags[each.key],
                        each.help + " [" + each.variable() + ']')
            ->type_name(each.is_list ? "TEXT..." : "VALUE")
            ->expected(1)
            ->allow_extra_args(false)
            ->multi_option_policy(each.is_list ? CLI::MultiOptionPolicy::TakeAll
                                               : CLI::MultiOptionPolicy::Throw)
            ->group("Settings");
}

int run_command::run()
{
    // The parser takes an empty text for no text at all.
    for (const setting& each : all_settings())
        if (verb().get_option(each.flag())->count() > 0 && source_.flags[each.key].empty())
            source_.flags[each.key].emplace_back();
    source_.variables = settings_of_environment();
    const std::optional<supervised> worker = supervised::take();
    if (!worker) // whose supervisor has told
        log(severity::warning, unknown_variables());
    settings wanted;
    if (const int code = read_settings(worker, wanted); code != fine)
        return code;
    if (print_config_)
    {
        std::cout << write_configuration(wanted);
        return fine;
    }
    // A worker that comes after a crash refuses the graphs that need them.
    if (const int code =
            worker ? fine : complain_all(refuse_places(places_of(wanted.packages)), failure);
        code != fine)
        return code;
    const std::filesystem::path folder =
        wanted.data.empty() ? default_data_directory() : std::filesystem::path(wanted.data);
    if (folder.empty())
        return complain({"--data", "", "is not given, and there is no home directory",
                         "a folder was expected"});
    if (!worker) // whose supervisor was not refused
        if (const int code = complain_all(refuse(wanted, folder), failure); code != fine)
            return code;
    raise_descriptor_limit();
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGXFSZ,
             SIG_IGN); // a write beyond the limit of a file's size fails, as on a full disk
    if (!worker && !alone_)
    {
        const boost::system::result<int, problem> code =
            supervise_worker(wanted, folder, lock_patience);
        return code ? *code : complain(code.error());
    }
    return run_host(wanted, folder, worker);
}

// A worker has the settings that the first one had, whatever has become of the file.
int run_command::read_settings(const std::optional<supervised>& worker, settings& wanted) const
{
    if (worker && !worker->settings_text().empty())
        return complain_all(parse_configuration(worker->settings_text(), "settings", wanted),
                            failure);
    if (const int code = complain_all(source_.read_file(wanted), failure); code != fine)
        return code;
    if (const int code = complain_all(source_.read_variables(wanted), failure); code != fine)
        return code;
    return complain_all(source_.read_flags(wanted), misuse);
}

int run_command::run_host(const settings& wanted, const std::filesystem::path& folder,
                          const std::optional<supervised>& worker) const
{
    signals instructions(worker.has_value());
    const auto data = data_directory::open(folder, lock_patience);
    if (!data)
    {
        complain(data.error());
        return code_of_failure(worker);
    }
    crash_watch watch(worker, wanted.hang_limit);
    try
    {
        running_host host(source_, wanted, *data, graphs_, watch);
        if (worker)
            host.adopt(worker->listener());
        return serve(host, instructions, worker, !is_in_postgres(wanted.journal));
    }
    catch (const journal_error& error)
    {
        log(severity::error, "", error.what());
        return code_of_failure(worker);
    }
}

std::vector<problem> run_command::refuse(const settings& wanted, const std::filesystem::path& data)
{
    std::vector<problem> problems = refuse_exposure(wanted, data);
    for (problem& each : refuse_peers(wanted))
        problems.push_back(std::move(each));
    if (wanted.ack == "durable" && wanted.journal == "memory")
        problems.emplace_back("ack", "", "durable needs a journal that is on disk",
                              "memory was expected, or another journal");
    return problems;
}

} // namespace penstock::host::cli
