// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/dead_letter_reason.hpp>

namespace penstock::detail
{

std::string unsaid_reason(std::string_view node)
{
    return "let go by " + std::string(node) + " without saying what became of it";
}

std::string no_reason(std::string_view node)
{
    return "no reason given by " + std::string(node);
}

std::string outside_reason(std::string_view node)
{
    return "destroyed by " + std::string(node) +
           " inside blocking; a packet ends on its own lane, by a verb";
}

} // namespace penstock::detail
