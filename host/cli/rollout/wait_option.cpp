// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/rollout/wait_option.hpp"

#include "host/base/quantity.hpp"

#include <CLI/App.hpp>

namespace penstock::host::cli
{

boost::system::result<std::chrono::milliseconds, problem> wait_option::time() const
{
    const auto wait = parse_duration(text);
    if (!wait || wait->count() <= 0)
        return problem("--wait", "", quote(text) + " does not fit",
                       "a time as in 30s or 2m was expected");
    return *wait;
}

void add_wait(CLI::App& verb, wait_option& wait, const std::string& help)
{
    verb.add_option("--wait", wait.text, help)->type_name("TIME")->capture_default_str();
}

} // namespace penstock::host::cli
