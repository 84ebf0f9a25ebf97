// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace syslog_package
{

/// A message as it came over a connection.
struct frame
{
    std::string text;
    bool is_cut = false; ///< its end is missing: it was too long, or the connection ended within it
};

/// The messages in the bytes of a connection (RFC 6587): each with the count of its bytes before it,
/// or with a line feed behind it, as its first byte tells. [one thread at a time]
class frames
{
public:
    /// Of a longer message the first `most` bytes are kept, 1 or more.
    explicit frames(std::size_t most) : most_(most) {}

    void add(std::string_view bytes);

    /// Returns the next message; nothing, until there are more bytes.
    [[nodiscard]] std::optional<frame> next();

    /// Returns what is left when the connection has ended: a message without its end; nothing, if
    /// there is none.
    [[nodiscard]] std::optional<frame> rest();

private:
    [[nodiscard]] std::string_view left() const { return std::string_view(bytes_).substr(begin_); }
    void pass(std::size_t count);
    [[nodiscard]] bool pass_over();
    [[nodiscard]] std::optional<frame> counted(std::size_t digits);
    [[nodiscard]] std::optional<frame> line();

    const std::size_t most_;
    std::string bytes_;
    std::size_t begin_ = 0;    // of what was not taken yet
    std::size_t searched_ = 0; // so far behind it there is no line feed
    std::size_t to_pass_ = 0;  // bytes of a message of which the begin was taken
    bool passes_line_ = false; // the same, up to the line feed
};

} // namespace syslog_package
