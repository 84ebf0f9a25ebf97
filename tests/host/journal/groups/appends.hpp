// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/groups/operation.hpp"
#include "tests/host/journal/journals.hpp"

#include <memory>
#include <string>
#include <utility>

namespace penstock::host::testing
{

/// An append of an entry, whose commit is waited for if it `is_urgent`.
inline operation append_of(entry_number number, bool is_urgent = true, std::string body = "body")
{
    struct waiter final : append_waiter
    {
        explicit waiter(bool is_urgent) : urgent(is_urgent) {}
        void issued(issue) noexcept override {}
        void settled(commit) noexcept override {}
        bool is_urgent() const noexcept override { return urgent; }
        const bool urgent;
    };
    journal_entry what = an_entry("g", std::move(body));
    what.number = number;
    return append_operation{std::make_unique<journal_entry>(std::move(what)),
                            std::make_unique<waiter>(is_urgent)};
}

} // namespace penstock::host::testing
