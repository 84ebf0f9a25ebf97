// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/crash_stack.hpp"

#include <cstddef>

#include <signal.h>
#include <sys/mman.h>

namespace penstock::host
{

namespace
{

constexpr std::size_t stack_size = std::size_t{64} << 10;

} // namespace

crash_stack::crash_stack()
    : memory_(
          ::mmap(nullptr, stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
{
    if (memory_ == MAP_FAILED)
        return; // an overflow of this thread's stack will go without a note
    stack_t stack{};
    stack.ss_sp = memory_;
    stack.ss_size = stack_size;
    ::sigaltstack(&stack, nullptr);
}

crash_stack::~crash_stack()
{
    if (memory_ == MAP_FAILED)
        return;
    stack_t none{};
    none.ss_flags = SS_DISABLE;
    ::sigaltstack(&none, nullptr);
    ::munmap(memory_, stack_size);
}

} // namespace penstock::host
