// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/rollout/interruption.hpp"

#include <array>

#include <signal.h>

namespace penstock::host::cli
{

namespace
{

constexpr std::array noted{SIGINT, SIGTERM};

volatile sig_atomic_t has_come = 0;

} // namespace

interruption::interruption()
{
    has_come = 0;
    struct sigaction action
    {
    };
    action.sa_handler = [](int) { has_come = 1; };
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    for (const int each : noted)
        ::sigaction(each, &action, nullptr);
}

interruption::~interruption()
{
    for (const int each : noted)
        ::signal(each, SIG_DFL);
}

bool interruption::came() const noexcept
{
    return has_come != 0;
}

} // namespace penstock::host::cli
