// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/data_directory.hpp"
#include "host/cli/settings.hpp"
#include "host/journal/journal.hpp"

#include <memory>

namespace penstock::host::cli
{

/// Opens the journal that the settings ask for. Throws journal_error.
[[nodiscard]] std::unique_ptr<journal> open_journal(const settings& all, const data_directory& data);

} // namespace penstock::host::cli
