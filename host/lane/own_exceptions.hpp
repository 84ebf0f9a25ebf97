// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cxxabi.h>
#include <utility>

namespace penstock::host
{

/// A scope in which a fiber suspends, whose exceptions stay its own.
///
/// Boost 1.81 leaves the thread's exception state alone when it switches fibers, so two fibers that
/// suspend inside handlers would swap their exceptions. The layout of that state is fixed by the
/// Itanium C++ ABI, section 2.2.2.
class own_exceptions
{
public:
    /// Takes what `abi::__cxa_get_globals()` has returned in this thread: to ask for it at each
    /// switch of fibers took 40 instructions.
    explicit own_exceptions(abi::__cxa_eh_globals* of_thread) noexcept
        : state_(reinterpret_cast<state*>(of_thread)),
          saved_(std::exchange(*state_, state{nullptr, 0}))
    {
    }
    ~own_exceptions() { *state_ = saved_; }
    own_exceptions(const own_exceptions&) = delete;
    own_exceptions& operator=(const own_exceptions&) = delete;

private:
    struct state
    {
        void* caught;
        unsigned int uncaught;
    };

    state* state_; // the thread's, which a fiber never leaves
    state saved_;
};

} // namespace penstock::host
