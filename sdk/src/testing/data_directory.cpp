// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "present_directory.hpp"

#include <utility>

namespace penstock::testing
{

namespace
{

constinit thread_local data_directory* present = nullptr;

} // namespace

data_directory* present_directory() noexcept
{
    return present;
}

data_directory::data_directory(std::string given)
    : path(std::move(given)), before_(std::exchange(present, this))
{
}

data_directory::~data_directory()
{
    present = before_;
}

} // namespace penstock::testing
