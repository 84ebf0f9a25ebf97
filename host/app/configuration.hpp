// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/app/settings.hpp"
#include "host/base/file_syntax.hpp"

#include <boost/system/result.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Reads a configuration file into the settings, in YAML if its name ends with `.yaml` or `.yml`;
/// returns all that is wrong with it. The settings that it does not name stay as they are.
[[nodiscard]] std::vector<problem> read_configuration(const std::filesystem::path& file,
                                                      settings& into);

/// The same for the text of a file; `where` names it in problems.
[[nodiscard]] std::vector<problem> parse_configuration(std::string_view text,
                                                       const std::string& where, settings& into,
                                                       file_syntax syntax = file_syntax::json);

/// Where the settings of one run come from: a file, if one was named, the environment, which wins
/// over it, and flags, which win over both.
struct settings_source
{
    std::string file;
    std::map<std::string, std::string> variables; ///< texts by key; of a list `a,b` or `["a","b"]`
    std::map<std::string, std::vector<std::string>> flags; ///< values by key

    /// Reads each into the settings, in this order; returns what is wrong with it.
    [[nodiscard]] std::vector<problem> read_file(settings& into) const;
    [[nodiscard]] std::vector<problem> read_variables(settings& into) const;
    [[nodiscard]] std::vector<problem> read_flags(settings& into) const;
};

/// Writes settings as a configuration file; read_configuration() of it gives the same settings.
[[nodiscard]] std::string write_configuration(const settings& all);

} // namespace penstock::host
