// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/descriptor.hpp"
#include "host/base/problem.hpp"
#include "host/cli/push/line_reader.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace penstock::host::cli
{

/// What one request sends.
struct parcel
{
    std::uint64_t number = 0; ///< from 0, in order
    std::string source;       ///< where it is from, for messages: `big.ndjson, lines 501 to 1000`
    std::string type;         ///< media type
    std::string coding{};     ///< content coding of the body; empty: none
    std::string body;
    std::uint64_t records = 0; ///< lines of NDJSON, else 1
};

/// How input is cut into parcels.
struct parcel_options
{
    std::string type{};      ///< of all; empty: guessed from file names
    std::uint64_t batch = 0; ///< lines of NDJSON per parcel; 0: as many as fit
    std::size_t most_bytes = std::size_t{8}
                             << 20; ///< of NDJSON per parcel, unless a line is longer

    /// How long a line of NDJSON that came may wait for others to go with it.
    std::chrono::milliseconds batch_wait = std::chrono::seconds(1);
};

/// Cuts a file, the files of a folder, or the standard input (`-`) into parcels. A file NAME.gz or
/// NAME.zst is what NAME would be: lines are unpacked here, all else by the host. [any thread]
class parcel_source
{
public:
    /// Looks at the input; says what is wrong with it.
    [[nodiscard]] static boost::system::result<std::unique_ptr<parcel_source>, problem>
    open(const std::string& input, parcel_options options);

    /// Reads the next parcel; nothing at the end. What cannot be read is kept for problems(). Waits
    /// for a pipe or a terminal.
    [[nodiscard]] std::optional<parcel> next();

    /// Ends all waiting, now and later: next() returns what it has.
    void stop();

    /// The bytes of all that will be sent, if that is known beforehand.
    [[nodiscard]] std::optional<std::uint64_t> total() const noexcept { return total_; }

    /// What could not be read. Call it at the end.
    [[nodiscard]] const std::vector<problem>& problems() const noexcept { return problems_; }

private:
    /// How a file goes on its way.
    struct wrapping
    {
        std::string type;
        std::string coding; ///< of its bytes; empty: none

        [[nodiscard]] bool is_lines() const;
    };

    explicit parcel_source(parcel_options options);

    [[nodiscard]] wrapping wrapping_of(const std::string& file) const;
    void open_lines(const std::string& file, const wrapping& as);
    [[nodiscard]] std::optional<parcel> next_lines();
    [[nodiscard]] std::optional<parcel> whole(const std::string& file, wrapping as);

    const parcel_options options_;
    std::vector<std::string> files_;
    std::optional<std::uint64_t> total_;

    const descriptor stop_; // readable when nothing is to be waited for

    std::mutex mutex_;
    std::size_t at_ = 0; // the next of files_
    std::uint64_t made_ = 0;
    std::optional<line_reader> lines_; // while a file is read line by line
    std::string name_;                 // of that one
    std::string type_;                 // of its lines
    std::string held_;                 // a line that was read and did not fit
    bool has_held_ = false;
    std::uint64_t line_ = 0;
    std::vector<problem> problems_;
};

} // namespace penstock::host::cli
