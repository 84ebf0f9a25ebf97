// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/journal/passing_journal.hpp"

#include <memory>

namespace penstock::host::tests
{

/// Refuses every record.
class full_journal final : public passing_journal
{
public:
    void append(std::unique_ptr<journal_entry>, std::unique_ptr<append_waiter> waiter) override
    {
        waiter->issued(number());
        waiter->settled(commit::refused);
    }
    journal_trouble trouble() const override { return {"the disk is full", true}; }
};

} // namespace penstock::host::tests
