// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/run_token.hpp"

#include "host/store/token.hpp"

#include <algorithm>
#include <cstring>
#include <iostream>

#include <unistd.h>

namespace penstock::host
{

std::string run_token(supervise::shared_head& memory)
{
    std::string token = made_run_token(memory);
    if (token.empty())
    {
        token = random_token();
        std::ranges::copy(token, memory.run_token.begin());
    }
    return token;
}

// A component that went astray may have written there.
std::string made_run_token(const supervise::shared_head& memory)
{
    const std::string kept(memory.run_token.data(),
                           ::strnlen(memory.run_token.data(), memory.run_token.size()));
    return is_token_text(kept) ? kept : std::string();
}

// Not to the log: that is kept, and read by others.
void show_editor(const std::string& url, const std::string& token)
{
    if (::isatty(STDERR_FILENO) == 1)
        std::cerr << "The editor, for this run: " + url + "#token=" + token + "\n";
}

} // namespace penstock::host
