// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/faults/workload.hpp"

#include <filesystem>
#include <string>

namespace penstock::faults
{

/// A directory of its own, in memory where the system has room for it unless it is told a place;
/// removed in the end.
class bench_directory
{
public:
    bench_directory();
    explicit bench_directory(const std::filesystem::path& in);
    bench_directory(const bench_directory&) = delete;
    bench_directory& operator=(const bench_directory&) = delete;
    ~bench_directory();

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

    /// An empty directory in it; what was there before is removed.
    std::filesystem::path fresh(const std::string& name) const;

private:
    std::filesystem::path path_;
};

/// Reads a pipe to its end.
[[nodiscard]] std::string read_all(int file);

/// How a worker runs.
struct conditions
{
    std::filesystem::path log; ///< for what the shim sees; none if empty
    std::string fault;         ///< see the shim `disk`
    bool syncs_all = true;     ///< or only what SQLite calls NORMAL
    bool marks_only = false;   ///< are logged, of all that the shim sees
};

/// How a worker ended.
struct worker_end
{
    int status = 0; ///< as waitpid() has it
    std::string said;

    [[nodiscard]] bool is_well() const noexcept { return status == 0; }
    [[nodiscard]] std::string text() const;
};

/// Runs the program `fault_worker` under the shim to its end, at most a minute. Throws
/// std::runtime_error if it cannot be started.
worker_end run_worker(const workload& what, const conditions& under);

} // namespace penstock::faults
