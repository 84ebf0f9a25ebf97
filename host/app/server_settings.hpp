// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/app/settings.hpp"
#include "host/net/server.hpp"

namespace penstock::host
{

/// The settings of the server of a host, which logs its troubles. It has as many connections as
/// leave enough descriptors for the host's own files; that these are fewer than were wanted is
/// logged.
[[nodiscard]] http::server::settings server_settings_of(const settings& all);

} // namespace penstock::host
