// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/push/push_command.hpp"

#include "host/base/quantity.hpp"
#include "host/cli/arguments.hpp"
#include "host/cli/push/parcel.hpp"
#include "host/cli/push/push.hpp"
#include "host/cli/push/tally.hpp"
#include "host/net/content/media_type.hpp"

#include <penstock/charset.hpp>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <iostream>

namespace penstock::host::cli
{

push_command::push_command(CLI::App& program)
    : command(*program.add_subcommand("push", "Sends a file, the files of a folder, or the "
                                              "standard input to a host."))
{
    CLI::App& verb = *program.get_subcommand("push");
    verb.add_option("INPUT", input_, "a file, a folder, or - for the standard input")->required();
    add_address(verb, to_);
    verb.add_option("--type", type_, "media type; default: guessed from file names")
        ->type_name("MIME");
    verb.add_option("--route", route_, "sets meta route")->type_name("R");
    verb.add_option("--ack", ack_, "when to be answered: memory, durable, replicated or processed")
        ->type_name("LEVEL")
        ->check(CLI::IsMember({"memory", "durable", "replicated", "processed"}));
    verb.add_option("--batch", batch_, "lines of NDJSON per request; default: up to 8 MiB")
        ->type_name("N")
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 32));
    batch_wait_ = write_duration(parcel_options().batch_wait);
    verb.add_option("--batch-wait", batch_wait_, "how long a line waits for others to go with it")
        ->type_name("TIME")
        ->capture_default_str();
    verb.add_option("--connections", connections_, "requests on their way at a time; 1 keeps order")
        ->type_name("N")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    patience_ = "2m";
    verb.add_option("--patience", patience_, "how long to try again for one request")
        ->type_name("TIME")
        ->capture_default_str();
    add_json(verb, json_);
}

int push_command::run()
{
    const auto to = destination();
    if (!to)
        return complain(to.error(), misuse);
    if (batch_ > 0 && !type_.empty() && !type_.starts_with("application/x-ndjson"))
        return complain({"--batch", "", "groups lines of NDJSON, and --type is " + type_,
                         "application/x-ndjson was expected"},
                        misuse);
    if (!type_.empty() && !http::parse_media_type(type_))
        return complain({"--type", "", quote(type_) + " is no media type",
                         "one as in application/json was expected"});
    if (const auto as = http::parse_media_type(type_);
        as && as->essence == "application/x-ndjson" &&
        !is_charset(as->parameter("charset").value_or("utf-8")))
        return complain({"--type", "", "names an encoding in which no line's end is known",
                         "utf-8, utf-16, iso-8859-1 or another that hosts know was expected"});
    const auto wait = parse_duration(batch_wait_);
    if (!wait)
        return complain({"--batch-wait", "", quote(batch_wait_) + " is no time",
                         "one as in 500ms or 2s was expected"},
                        misuse);
    const auto source =
        parcel_source::open(input_, {.type = type_, .batch = batch_, .batch_wait = *wait});
    if (!source)
        return complain(source.error());

    const push_result result = push(**source, *to, connections_);
    for (const problem& each : result.counts.problems)
        complain(each);
    for (const problem& each : (*source)->problems())
        complain(each);
    if (json_)
        std::cout << write_json(tally_json(result.counts, result.time, to->processed)) << '\n';
    else
        std::cout << tally_text(result.counts, result.time, to->processed) << '\n';
    return result.counts.is_fine() && (*source)->problems().empty() ? fine : failure;
}

boost::system::result<delivery, problem> push_command::destination() const
{
    auto address = reach(to_);
    if (!address)
        return address.error();
    const auto patience = parse_duration(patience_);
    if (!patience)
        return problem("--patience", "", quote(patience_) + " is no time",
                       "one as in 30s or 2m was expected");
    std::string target = address->host.prefix;
    // An address may name the host, one graph of it, or the very path to send to.
    if ((target + "/").find("/data/") == std::string::npos)
        target += "/data";
    if (!route_.empty())
        target += "/" + http::percent_encoded(route_);
    if (!ack_.empty())
        target += "?ack=" + ack_;
    return delivery{.host = std::move(address->host),
                    .who = std::move(address->who),
                    .target = std::move(target),
                    .processed = ack_ == "processed",
                    .key = random_key(),
                    .patience = *patience};
}

} // namespace penstock::host::cli
