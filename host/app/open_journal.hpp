// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/app/data_directory.hpp"
#include "host/app/settings.hpp"
#include "host/journal/journal.hpp"

#include <functional>
#include <memory>

namespace penstock::host
{

/// Opens the journal that the settings ask for. `needs_restart` is that of sqlite_journal_options.
/// Throws journal_error.
[[nodiscard]] std::unique_ptr<journal> open_journal(const settings& all, const data_directory& data,
                                                    std::function<void()> needs_restart);

} // namespace penstock::host
