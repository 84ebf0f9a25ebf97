// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/app/settings.hpp"

#include <boost/system/result.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Reads a configuration file into the settings; returns all that is wrong with it. The settings
/// that it does not name stay as they are.
[[nodiscard]] std::vector<problem> read_configuration(const std::filesystem::path& file,
                                                      settings& into);

/// The same for the text of a file; `where` names it in problems.
[[nodiscard]] std::vector<problem> parse_configuration(std::string_view text,
                                                       const std::string& where, settings& into);

/// Where the settings of one run come from: a file, if one was named, and flags, which win.
struct settings_source
{
    std::string file;
    std::map<std::string, std::vector<std::string>> flags; ///< values by key

    /// Reads both into the settings; returns what is wrong with the file, or with the flags.
    [[nodiscard]] std::vector<problem> read_file(settings& into) const;
    [[nodiscard]] std::vector<problem> read_flags(settings& into) const;
};

/// Writes settings as a configuration file; read_configuration() of it gives the same settings.
[[nodiscard]] std::string write_configuration(const settings& all);

} // namespace penstock::host
