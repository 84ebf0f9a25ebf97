// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace penstock::faults
{

/// What a program did to the files below one directory, in order.
enum class deed : std::uint32_t
{
    make,     ///< a name for a file that was not there: `text` is its path
    write,    ///< `text` at `offset`
    truncate, ///< to `offset` bytes
    sync,     ///< of what was done before the event number `offset`
    unlink,   ///< of the path `text`
    rename,   ///< of the path before the NUL in `text` to that behind it
    mark      ///< the program said `text`
};

/// Stands before the `length` bytes of an event's text in the log.
struct event_head
{
    deed did;
    std::uint32_t file; ///< counts up from 1; 0: the directory itself
    std::uint64_t offset;
    std::uint64_t length;
};

/// One line of the log. The text is a place in it.
struct event
{
    event_head head;
    const char* text;
};

/// A log of the shim `disk`, in memory.
class recording
{
public:
    /// Throws std::runtime_error if there is none.
    explicit recording(const std::filesystem::path& log);

    [[nodiscard]] const std::vector<event>& events() const noexcept { return events_; }

private:
    std::string text_;
    std::vector<event> events_;
};

} // namespace penstock::faults
