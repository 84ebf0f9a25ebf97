// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/supervise/shared_memory.hpp"

#include <boost/context/protected_fixedsize_stack.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace penstock::host
{

/// Allocates the stack of a fiber, and notes its end in the record of a node, so that an overflow
/// can be told from another wrong access. The record outlives the allocation.
class noted_stack
{
public:
    noted_stack(std::size_t bytes, supervise::node_record& record)
        : stack_(bytes), end_(record.stack_end)
    {
    }

    boost::context::stack_context allocate()
    {
        const boost::context::stack_context made = stack_.allocate();
        end_.store(reinterpret_cast<std::uintptr_t>(made.sp) - made.size); // the guard page
        return made;
    }

    // Boost frees stacks when it comes to it, perhaps after the record has gone.
    void deallocate(boost::context::stack_context& made) noexcept { stack_.deallocate(made); }

private:
    boost::context::protected_fixedsize_stack stack_;
    std::atomic<std::uintptr_t>& end_;
};

} // namespace penstock::host
