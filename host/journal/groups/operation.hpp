// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal.hpp"
#include "host/journal/letters/dead_letter_row.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <variant>

namespace penstock::host
{

/// The wait of one caller for the commit of its operation.
class call
{
public:
    /// Waits; returns the answer. Throws journal_error if it could not be committed.
    bool wait();

    void answer(bool what);
    void fail(std::string why);

private:
    std::mutex mutex_;
    std::condition_variable settled_;
    bool is_settled_ = false;
    bool answer_ = false;
    std::string why_;
};

struct append_operation
{
    std::unique_ptr<journal_entry> what; // operations are moved from queue to group
    std::unique_ptr<append_waiter> waiter;
    bool found = true; ///< whether it is there; see commit::repeated and left_place
};

struct done_operation
{
    entry_number number = 0;
    bool journalled = false;
    std::shared_ptr<const kept_receipt> receipt;
};

struct dead_operation
{
    std::shared_ptr<const dead_letter_row> dead_letter;
};

struct drop_operation
{
    std::uint64_t dead_letter = 0;
    std::shared_ptr<call> caller;
    bool found = false;
};

struct suspect_operation
{
    blame what;
    std::shared_ptr<call> caller;
};

struct clear_operation
{
    std::string graph;
    std::shared_ptr<call> caller;
};

/// Nothing, whose commit comes after that of all before it.
struct flush_operation
{
    std::shared_ptr<call> caller;
};

/// One thing to commit; they are committed in the order of the calls.
using operation = std::variant<append_operation, done_operation, dead_operation, drop_operation,
                               suspect_operation, clear_operation, flush_operation>;

} // namespace penstock::host
