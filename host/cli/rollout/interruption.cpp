// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/rollout/interruption.hpp"

#include <cerrno>
#include <cstddef>
#include <string_view>

#include <unistd.h>

namespace penstock::host::cli
{

namespace
{

volatile sig_atomic_t has_come = 0;

// Of what a handler may call.
void note(int)
{
    constexpr std::string_view text = "deploy: going back after this step; again: ends here\n";
    const int error = errno;
    has_come = 1;
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    errno = error;
}

} // namespace

interruption::interruption()
{
    has_come = 0;
    struct sigaction action
    {
    };
    action.sa_handler = note;
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    for (std::size_t i = 0; i < noted.size(); ++i)
    {
        ::sigaction(noted[i], nullptr, &before_[i]);
        if (before_[i].sa_handler != SIG_IGN) // as nohup has it
            ::sigaction(noted[i], &action, nullptr);
    }
    action.sa_handler = SIG_IGN;
    action.sa_flags = 0;
    ::sigaction(SIGPIPE, &action, &before_of_pipes_);
}

interruption::~interruption()
{
    for (std::size_t i = 0; i < noted.size(); ++i)
        ::sigaction(noted[i], &before_[i], nullptr);
    ::sigaction(SIGPIPE, &before_of_pipes_, nullptr);
}

bool interruption::came() const noexcept
{
    return has_come != 0;
}

} // namespace penstock::host::cli
