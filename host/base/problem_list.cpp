// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/problem_list.hpp"

#include "host/base/utf8.hpp"

#include <utility>

namespace penstock::host
{

void problem_list::add(std::string pointer, std::string message, std::string expected)
{
    if (is_full())
        return;
    kept_.emplace_back("", shorten_utf8(std::move(pointer), longest),
                       shorten_utf8(std::move(message), longest),
                       shorten_utf8(std::move(expected), longest));
}

std::vector<problem> problem_list::take() &&
{
    if (is_full())
        kept_.back() = {"", "", "has more problems than are told",
                        "fewer than " + std::to_string(most) + " were expected"};
    return std::move(kept_);
}

} // namespace penstock::host
