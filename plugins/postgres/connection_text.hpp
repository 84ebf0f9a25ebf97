// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace postgres_package
{

/// An option of a connection, as libpq names it.
struct option
{
    std::string name;
    std::string value;
};

/// Returns the options that the text of a connection gives; `wrong` is set if it is none.
[[nodiscard]] std::vector<option> options_of(const std::string& connection, std::string& wrong);

/// Returns the value of an option; empty: it is not given.
[[nodiscard]] std::string value_of(const std::vector<option>& given, std::string_view name);

/// Returns what is wrong with the text of a connection; empty: nothing.
[[nodiscard]] std::string problem_of_connection(const std::string& connection);

/// Returns whether the text of a connection says which certificates are trusted.
[[nodiscard]] bool names_root_certificates(const std::string& connection);

/// Returns whether all servers that a connection may lead to, also by the variables of the
/// environment that libpq reads, are on this host.
[[nodiscard]] bool are_here(const std::vector<option>& given);

} // namespace postgres_package
