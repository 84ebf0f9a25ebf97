// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/api_settings.hpp"

#include "host/app/log.hpp"
#include "host/app/peer_settings.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

namespace penstock::host
{

namespace
{

std::vector<std::string> absolute(const std::vector<std::string>& folders)
{
    std::vector<std::string> made;
    for (const std::string& each : folders)
        made.push_back(std::filesystem::absolute(each));
    return made;
}

} // namespace

api::api_options api_options_of(const settings& all, const std::string& default_graph,
                                api::live_log& watchers, api::authenticator& authentication)
{
    api::api_options options;
    options.data.default_graph = default_graph;
    options.data.bounds = all.limits;
    options.data.usual =
        all.ack == "durable" ? api::acknowledgement::durable : api::acknowledgement::memory;
    options.version = PENSTOCK_VERSION;
    options.drafts = all.drafts;
    if (!all.editor_dir.empty())
        options.editor = std::filesystem::absolute(all.editor_dir);
    options.log = &watchers;
    options.authentication = &authentication;
    options.report = log_failed_request;
    options.warn = [](std::string_view text) { log(severity::warning, "", text); };
    options.peers = peers_of(all);
    options.trial = {.program = "/proc/self/exe", // also when it was replaced on the disk
                     .packages = absolute(all.packages),
                     .readable = absolute(all.try_readable),
                     .time = all.try_time,
                     .memory = all.try_memory,
                     .network = all.try_network == "yes"};
    return options;
}

} // namespace penstock::host
