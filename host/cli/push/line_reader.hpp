// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/descriptor.hpp"
#include "host/cli/push/line_charset.hpp"
#include "host/net/content/stream_decoder.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::cli
{

/// Reads lines from a file, a pipe or a terminal as they come, decoded if they are compressed.
/// [one thread]
class line_reader
{
public:
    using clock = std::chrono::steady_clock;

    enum class outcome
    {
        line,
        end,
        late,  ///< nothing came in time
        failed ///< see what(); then comes the end
    };

    /// Reads from `file`, which the reader owns. `coding` is that of its bytes: gzip, zstd or
    /// nothing; `charset` is the encoding of its text, unless a byte order mark tells another. The
    /// reader waits for nothing once the descriptor `stop` is readable.
    line_reader(descriptor file, std::string_view coding, int stop, std::string charset = {});

    /// Reads the next line, without its end, and the first without a byte order mark; the last
    /// one need not have an end. Waits for it until the deadline, or without one for ever.
    [[nodiscard]] outcome next(std::string& line, std::optional<clock::time_point> deadline);

    /// How lines end. Known with the first.
    [[nodiscard]] const line_charset& charset() const noexcept { return *charset_; }

    /// Why nothing can be read.
    [[nodiscard]] const std::string& what() const noexcept { return what_; }

private:
    outcome fill(std::optional<clock::time_point> deadline);
    outcome wait(std::optional<clock::time_point> deadline);
    outcome fail(std::string why);
    bool decode();
    outcome begin(std::optional<clock::time_point> deadline);

    descriptor file_;
    const int stop_;
    std::optional<http::stream_decoder> decoder_;
    const std::string named_;             // the encoding
    std::optional<line_charset> charset_; // once there is enough text to tell
    std::string coded_;                   // what the decoder has not taken yet
    std::string text_;                    // from at_ on not handed out yet
    std::size_t at_ = 0;                  // where the next line begins
    std::size_t seen_ = 0;                // up to here there is no end of it
    bool is_at_end_ = false;              // of the file
    std::string what_;
};

} // namespace penstock::host::cli
