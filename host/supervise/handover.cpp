// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/handover.hpp"

#include <cstdlib>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

namespace penstock::host::supervise
{

std::string handover::text() const
{
    std::string text = variable;
    text += '=';
    text += std::to_string(listener);
    text += ',';
    text += std::to_string(shared_memory);
    text += intake_only ? ",intake," : ",all,";
    text += settings;
    return text;
}

std::optional<handover> handover::read(const std::string& value)
{
    std::istringstream words(value);
    handover found;
    char comma = 0;
    std::string mode;
    if (!(words >> found.listener >> comma >> found.shared_memory >> comma) ||
        !std::getline(words, mode, ','))
        return std::nullopt;
    std::getline(words, found.settings, '\0');
    if (found.listener < 0 || found.shared_memory < 0 || (mode != "all" && mode != "intake"))
        return std::nullopt;
    found.intake_only = mode == "intake";
    return found;
}

std::optional<handover> handover::take()
{
    const char* const value = std::getenv(variable);
    if (value == nullptr)
        return std::nullopt;
    const std::optional<handover> found = read(value);
    ::unsetenv(variable);
    if (!found)
        return std::nullopt;
    for (const int each : {found->listener, found->shared_memory})
        if (::fcntl(each, F_SETFD, FD_CLOEXEC) != 0)
            return std::nullopt;
    return found;
}

} // namespace penstock::host::supervise
