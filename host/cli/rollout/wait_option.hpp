// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <string>

namespace CLI
{
class App;
} // namespace CLI

namespace penstock::host::cli
{

/// The option `--wait TIME` of a command line.
struct wait_option
{
    std::string text = "2m";

    /// Returns the time; a problem if it is none, or zero.
    [[nodiscard]] boost::system::result<std::chrono::milliseconds, problem> time() const;
};

/// Declares `--wait TIME`.
void add_wait(CLI::App& verb, wait_option& wait, const std::string& help);

} // namespace penstock::host::cli
