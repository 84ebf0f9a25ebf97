// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <filesystem>
#include <utility>

namespace penstock::host
{

/// Where the host keeps what outlives it, unless it is told: `$PENSTOCK_DATA`, else
/// `$XDG_STATE_HOME/penstock`, else `~/.local/state/penstock`; empty if there is no home.
[[nodiscard]] std::filesystem::path default_data_directory();

/// The exclusive owner of the data directory: as long as it lives, no other host can open it.
class data_directory
{
public:
    /// Makes the directory if it is not there, readable by its owner alone, and locks it; waits up
    /// to `patience` for the lock.
    [[nodiscard]] static boost::system::result<data_directory, problem>
    open(const std::filesystem::path& path, std::chrono::milliseconds patience);

    /// Returns whether a host has it locked now.
    [[nodiscard]] static bool is_held(const std::filesystem::path& path) noexcept;

    data_directory(data_directory&& other) noexcept;
    data_directory& operator=(data_directory&&) = delete;
    ~data_directory();

    /// The absolute path.
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    data_directory(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

    std::filesystem::path path_;
    int lock_;
};

} // namespace penstock::host
