// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace penstock::host::cli::testing
{

/// A folder of its own, removed with all that is in it.
class scratch
{
public:
    scratch();
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;
    ~scratch();

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

    /// Writes a file in it and returns its path.
    std::string write(const std::string& name, std::string_view text) const;

    [[nodiscard]] std::string at(const std::string& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// How a program ended.
struct ended
{
    int code = -1; ///< 128 and the signal, if one ended it
    std::string out;
    std::string err;
};

/// The built program as a child, with a home of its own. Killed with its object.
class program
{
public:
    /// `home` outlives the program; `input` is a file; `variables` are `NAME=VALUE`.
    program(const scratch& home, std::vector<std::string> arguments,
            const std::string& input = "/dev/null", const std::vector<std::string>& variables = {});
    program(const program&) = delete;
    program& operator=(const program&) = delete;
    ~program();

    /// Waits until a line with this text is on the error stream, and returns the line; throws when
    /// the program ended, or nothing came in time.
    std::string wait_for(std::string_view text);

    void signal(int number) const;

    /// The process; -1 once its end was waited for.
    [[nodiscard]] pid_t id() const noexcept { return id_; }

    /// Waits for its end.
    ended wait();

private:
    bool read_some();

    pid_t id_ = -1;
    int out_ = -1;
    int err_ = -1;
    std::size_t seen_ = 0;
    ended result_;
    std::chrono::steady_clock::time_point deadline_;
};

/// Runs the program to its end.
[[nodiscard]] ended run(const scratch& home, std::vector<std::string> arguments,
                        const std::string& input = "/dev/null",
                        const std::vector<std::string>& variables = {});

/// Whether a host is one process, that can be measured by its id, or a supervisor and a worker.
enum class processes
{
    one,
    two
};

/// The child of a process; -1 if it has none now.
[[nodiscard]] pid_t child_of(pid_t process);

/// A host on a free port, ready to take data.
class running
{
public:
    running(const scratch& home, std::vector<std::string> arguments,
            processes number = processes::one);

    [[nodiscard]] program& child() noexcept { return child_; }

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

    [[nodiscard]] std::string url() const;

    /// Sends SIGTERM, and waits for its end.
    ended stop();

private:
    program child_;
    std::uint16_t port_;
};

} // namespace penstock::host::cli::testing
