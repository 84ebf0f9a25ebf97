// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>
#include <sys/types.h>

namespace process
{

/// Returns the path of a program, looked for as a shell does; none if it cannot be run.
[[nodiscard]] std::optional<std::string> find_program(const std::string& name);

/// A bound of a process, as setrlimit(2) has it: `RLIMIT_AS`, `RLIMIT_DATA`…
struct resource_limit
{
    decltype(RLIMIT_AS) resource;
    rlim_t most;
};

/// The exit status that a program ends with which did not begin, as shells have it.
inline constexpr int not_begun = 127;

/// A program that runs, and all that it starts, which are one group of processes. They are ended
/// with this, and with the thread that began it. [one thread at a time]
class child
{
public:
    /// Begins a program, whose first text is its path. `streams` become its standard input, output
    /// and errors. It makes no core dumps, and has no signal blocked or ignored. Throws
    /// std::system_error if it cannot be run.
    child(const std::vector<std::string>& command, const std::array<int, 3>& streams,
          std::span<const resource_limit> limits);
    ~child();
    child(const child&) = delete;
    child& operator=(const child&) = delete;

    /// Whether it has ended by itself. Does not wait.
    [[nodiscard]] bool has_ended() { return ended_ || wait(false); }

    /// Ends it and all that it started, and waits for that.
    void end();

    /// The status that wait(2) has of it, once it has ended.
    [[nodiscard]] int status() const { return status_; }

    /// The number of the signal that ended it, as far as its status or, of one that a shell ran,
    /// its exit status tells; 0 if none did.
    [[nodiscard]] int signal() const;

    /// The most memory in bytes that the program and what it began have had, as far as that was
    /// looked at by this call.
    [[nodiscard]] std::size_t memory();

private:
    bool wait(bool until_it_ends);

    ::pid_t pid_;
    int status_ = 0;
    bool ended_ = false;
    std::size_t most_ = 0;
};

/// Whether a program says in its last words that it got no memory: those that get none may say so
/// before they end, or crash.
[[nodiscard]] bool tells_of_lacking_memory(std::string_view errors);

} // namespace process
