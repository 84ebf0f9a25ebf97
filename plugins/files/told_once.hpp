// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "read_settings.hpp"

#include <cstddef>
#include <string>
#include <system_error>
#include <unordered_set>

namespace files_package
{

/// The paths that could not be read, each told once, so that a folder of them does not fill the log;
/// a thousand at most.
class told_once
{
public:
    void tell(const notice& to, const std::string& text, const std::error_code& why)
    {
        if (told_.size() < most && told_.insert(text).second)
            to(text + ": " + why.message());
    }

private:
    static constexpr std::size_t most = 1'000;
    std::unordered_set<std::string> told_;
};

} // namespace files_package
