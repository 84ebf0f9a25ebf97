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
    std::string kept(memory.run_token.data(),
                     ::strnlen(memory.run_token.data(), memory.run_token.size()));
    if (is_token_text(kept))
        return kept;
    std::string made = random_token();
    std::ranges::copy(made, memory.run_token.begin());
    return made;
}

// Not to the log: that is kept, and read by others.
void show_editor(const std::string& url, const std::string& token)
{
    if (::isatty(STDERR_FILENO) == 1)
        std::cerr << "The editor, for this run: " + url + "#token=" + token + "\n";
}

} // namespace penstock::host
