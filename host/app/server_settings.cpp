// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/server_settings.hpp"

#include "host/app/descriptor_limit.hpp"
#include "host/app/log.hpp"
#include "host/base/quantity.hpp"

#include <string>
#include <string_view>

namespace penstock::host
{

http::server::settings server_settings_of(const settings& all)
{
    http::server::settings made{.bounds = all.limits,
                                .rules = {.hosts = all.hosts, .origins = all.origins},
                                .threads = static_cast<unsigned>(all.http_threads),
                                .report = log_failed_request};
    const std::size_t descriptors = raise_descriptor_limit();
    made.bounds.connections = connections_within(all.limits.connections, descriptors);
    if (made.bounds.connections < all.limits.connections)
        log(severity::warning, "http",
            "takes " + grouped(made.bounds.connections) + " connections instead of " +
                grouped(all.limits.connections) + ": " + grouped(descriptors) +
                " files may be open, some of which are kept for the host");
    made.hears = [](std::string_view trouble)
    {
        log(trouble.empty() ? severity::information : severity::error, "http",
            trouble.empty() ? "accepts connections again"
                            : "turns connections away: " + std::string(trouble));
    };
    return made;
}

} // namespace penstock::host
