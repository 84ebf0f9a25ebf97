// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/running_host.hpp"

#include "host/api/graphs/graph_causes.hpp"
#include "host/app/api_settings.hpp"
#include "host/app/exposure.hpp"
#include "host/app/log.hpp"
#include "host/app/open_journal.hpp"
#include "host/app/run_token.hpp"
#include "host/app/secrets.hpp"
#include "host/app/server_settings.hpp"
#include "host/app/signals.hpp"
#include "host/base/call_until.hpp"
#include "host/base/quantity.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr auto time_to_answer = std::chrono::seconds(1);

// Beyond the time to work off what is pending: lanes have 5 s to heed that they are cancelled, an
// old version as long before.
constexpr auto time_to_cancel = std::chrono::seconds(15);
constexpr auto time_to_flush = std::chrono::seconds(30);

std::vector<package_place> places_of(const settings& all)
{
    return package_places(
        std::vector<std::filesystem::path>(all.packages.begin(), all.packages.end()));
}

engine_options options_of(const settings& all, const data_directory& data,
                          const graph_folders& kept, crash_watch& watch, api::live_log& watchers)
{
    engine_options options;
    options.lanes = all.lanes;
    options.pending = all.pending;
    options.drain = all.drain;
    options.blocking_threads = all.blocking_threads;
    options.limits.standstill = all.standstill_after;
    options.limits.edge_memory = all.edge_memory;
    options.limits.reason = all.reason_limit;
    options.threads = &watch.threads();
    options.suspicions = watch.suspicions();
    options.data = {&kept.states, data.path().string()};
    options.resolve = host_resolver(data.path());
    options.log = [&watchers](severity level, std::string_view graph, std::string_view node,
                              std::string_view text)
    {
        std::string about(graph);
        if (!node.empty())
            about.append("/").append(node);
        log(level, about, text);
        watchers.publish(level, graph, node, text);
    };
    return options;
}

std::string url_of(const char* scheme, const http::listen_address& address, unsigned port)
{
    const bool is_v6 = address.address.find(':') != std::string::npos;
    return scheme + (is_v6 ? "[" + address.address + "]" : address.address) + ":" +
           std::to_string(port) + "/";
}

} // namespace

running_host::running_host(settings_source source, settings with, const data_directory& data,
                           const std::vector<std::string>& files, crash_watch& watch)
    : source_(std::move(source)),
      settings_(std::move(with)),
      watch_(watch),
      components_(
          places_of(settings_),
          [](const problem& why) { log(severity::warning, "", to_string(why)); },
          watch.is_supervised() ? mapped::copy : mapped::file), // as debuggers want it
      journal_(open_journal(settings_, data, signals::recover)),
      kept_(data.path()),
      engine_(components_, *journal_, options_of(settings_, data, kept_, watch, live_log_)),
      authenticator_(data.path(),
                     [](const std::string& text) { log(severity::warning, "", text); }),
      starter_(engine_, kept_, files, {watch.is_replacement(), watch.intake_only()}),
      api_(engine_, kept_,
           api_options_of(settings_,
                          files.empty()
                              ? settings_.default_graph
                              : graph_starter::name_in(unfolded(files).front(), kept_.deployed),
                          live_log_, authenticator_)),
      server_(api_, server_settings_of(settings_))
{
}

std::vector<problem> running_host::start()
{
    log_catalogue();
    if (std::vector<problem> wrong = open_door(); !wrong.empty())
        return wrong;
    const http::listen_address address = *http::parse_listen_address(settings_.listen);
    const boost::system::result<std::uint16_t> port =
        listener_ ? server_.adopt(*listener_) : server_.listen(address);
    if (!port)
        return {{settings_.listen, "", "cannot be listened on: " + port.error().message(),
                 "a free address was expected"}};

    judge_crashes();
    engine_.defer_left();
    if (std::vector<problem> refused = starter_.start(); !refused.empty())
        return refused;
    for (const pending_of_graph& each : engine_.left())
        log(severity::warning, each.graph, api::left_detail(each));
    if (engine_.all().empty())
        log(severity::warning, "", "there is no graph to run: /readyz says 503 until one is made");
    watch_packages();
    server_.start();
    if (journal_->is_shared())
        takeovers_.emplace(engine_);
    announce(address, *port);
    return {};
}

// Authorization is decided before the first request.
std::vector<problem> running_host::open_door()
{
    if (is_exposed(settings_))
        authenticator_.demand_tokens();
    const auto unread = authenticator_.read();
    if (unread && !watch_.is_replacement())
        return {*unread};
    if (unread)
        log(severity::error, "", to_string(*unread) + "; no token is valid until it can be read");
    authenticator_.admit(made_run_token(watch_.memory()));
    authenticator_.watch();
    if (const auto wrong = show_certificate())
        return {*wrong};
    return {};
}

std::optional<problem> running_host::show_certificate()
{
    if (settings_.tls_certificate.empty())
        return std::nullopt;
    auto loaded = http::tls_identity::load(
        {settings_.tls_certificate, settings_.tls_key, settings_.tls_client_ca});
    if (!loaded)
        return loaded.error();
    server_.secure(*std::move(loaded));
    return std::nullopt;
}

void running_host::announce(const http::listen_address& address, unsigned port)
{
    const bool is_plain = settings_.tls_certificate.empty();
    const std::string url = url_of(is_plain ? "http://" : "https://", address, port);
    log(severity::information, "",
        "listening on " + url + (authenticator_.is_needed() ? ", with tokens" : ""));
    if (!authenticator_.is_needed() || watch_.is_replacement())
        return;
    // Made only where tokens are needed: setting up OpenSSL for it keeps 2 MB resident.
    const std::string token = run_token(watch_.memory());
    authenticator_.admit(token);
    show_editor(url, token);
}

// What came is offered at once and used by the next deployment; what runs keeps what it has.
void running_host::watch_packages()
{
    std::vector<std::filesystem::path> folders;
    for (const package_place& each : places_of(settings_))
        folders.push_back(each.folder);
    package_watch_.emplace(std::move(folders),
                           [this]
                           {
                               components_.rescan();
                               log(severity::information, "", "packages have changed");
                               log_catalogue();
                           });
    if (!package_watch_->is_watching())
        log(severity::warning, "",
            "packages are not watched, for want of a descriptor or of inotify; SIGHUP looks again");
}

// The crash of the worker before is put on record, and all that are there are heeded.
void running_host::judge_crashes()
{
    try
    {
        if (const auto& crash = watch_.last_crash(); crash && !crash->who.node.empty())
            journal_->kept().suspect({crash->packet, crash->who.graph, crash->who.node,
                                      crash->who.component, crash->reason,
                                      std::chrono::system_clock::now()});
        for (const supervise::suspicion& each : watch_.suspicions())
            suspect(each);
        engine_.judge_crashes();
    }
    catch (const journal_error& error)
    {
        log(severity::error, "", std::string("crashes are not heeded: ") + error.what());
    }
}

// An entry that was let in alone is to blame if the worker died then.
void running_host::suspect(const supervise::suspicion& of)
{
    if (of.last != 0)
        log(severity::warning, of.graph,
            "requests up to number " + grouped(of.last) +
                " may have ended the worker; they come again " +
                (of.in_steps ? "a few at a time" : "together"));
    if (of.careful)
        log(severity::warning, of.graph,
            "is in careful mode until they are done: packets go one at a time");
    if (of.to_blame == 0)
        return;
    const std::vector<journal_entry> found =
        journal_->next(of.graph, of.to_blame - 1, {.entries = 1});
    if (found.empty() || found.front().number != of.to_blame)
        return; // it was done
    const auto& crash = watch_.last_crash();
    journal_->kept().suspect({found.front().id,
                              of.graph,
                              {},
                              crash ? crash->who.component : "",
                              watch_.end_of_last(),
                              std::chrono::system_clock::now()});
}

void running_host::reload()
{
    log(severity::information, "", "reloading");
    settings now;
    std::vector<problem> problems = source_.read_file(now);
    if (problems.empty())
        problems = source_.read_variables(now);
    if (problems.empty())
        problems = source_.read_flags(now);
    log(severity::error, problems);
    if (problems.empty() && write_configuration(now) != write_configuration(settings_))
        log(severity::warning, source_.file, "changed settings count from the next start on");
    if (const auto wrong = authenticator_.read())
        log(severity::error, "", to_string(*wrong) + "; no token is valid until it can be read");
    if (const auto wrong = show_certificate())
        log(severity::error, "", to_string(*wrong) + "; the certificate before goes on to count");

    components_.rescan();
    log_catalogue();
    starter_.reload();
    log(severity::information, "", "reloaded");
}

std::size_t running_host::stop()
{
    starter_.stop();
    takeovers_.reset();
    // Requests are answered meanwhile: those that wait to be processed as the graphs work them off,
    // new ones with 503, and those about the host's health.
    api_.drain();
    server_.drain();
    log(severity::information, "",
        "stopping: working off what is pending for up to " + write_duration(settings_.drain));
    const auto deadline = std::chrono::steady_clock::now() + settings_.drain;
    const std::optional<std::size_t> stopped =
        call_until(deadline + time_to_cancel, [this] { return engine_.stop_all(); });
    if (!stopped)
        log(severity::warning, "", "a graph does not stop, and is left behind");
    api_.conclude();
    server_.conclude();
    const auto soon = std::chrono::steady_clock::now() + time_to_answer;
    const bool api_has_ended = api_.end(soon);
    has_ended_ = stopped && api_has_ended;
    if (!api_has_ended)
        log(severity::warning, "", "work for a request has not ended, and is left behind");
    if (!server_.stop(std::max(soon + time_to_answer, deadline)))
        log(severity::warning, "", "some connections were cut off");
    std::size_t left = stopped.value_or(0);
    if (!starter_.wait_until(soon))
    {
        has_ended_ = false;
        log(severity::warning, "", "a graph is still being started, and is left behind");
    }
    std::size_t pending = 0;
    for (const kept_graph& each : engine_.all())
        pending += each.running->pending().entries();
    for (const pending_of_graph& each : engine_.left()) // of graphs that did not run
        pending += each.entries;
    try
    {
        const auto flushed = call_until(std::chrono::steady_clock::now() + time_to_flush,
                                        [this] { return journal_->flush(); });
        if (!flushed)
            log(severity::error, "", "journal: the disk does not answer");
        if (!flushed.value_or(false)) // if something is left, the program ends without ado
            left = std::max<std::size_t>(left, 1); // what ended last is not on disk
    }
    catch (const journal_error& error)
    {
        log(severity::error, "", error.what());
    }
    return std::max(left, pending); // what a stuck lane has in hand was not given back
}

void running_host::abandon()
{
    // What waits for the journal has been refused by it; what it has kept is kept.
    api_.conclude();
    server_.conclude();
    static_cast<void>(server_.stop(std::chrono::steady_clock::now() + time_to_answer));
}

void running_host::summarise() const
{
    const char* const kept = journal_->durability() == "memory"
                                 ? ", which are lost: the journal is in memory"
                                 : ", which are kept for the next start";
    for (const kept_graph& each : engine_.all())
    {
        const graph_totals totals = each.running->totals();
        const std::size_t pending = each.running->pending().entries();
        log(pending == 0 ? severity::information : severity::warning, each.spec.name,
            grouped(totals.accepted) + " accepted, " + grouped(totals.delivered) + " delivered, " +
                grouped(totals.dropped) + " dropped, " + grouped(totals.dead) + " dead, " +
                grouped(pending) + " pending" + (pending == 0 ? "" : kept));
    }
}

void running_host::log_catalogue() const
{
    log(severity::warning, components_.warnings());
    log(severity::error, components_.refusals());
}

} // namespace penstock::host
