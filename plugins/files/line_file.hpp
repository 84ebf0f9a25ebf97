// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "checkpoint.hpp"
#include "file_mode.hpp"
#include "read_settings.hpp"
#include "record_cutter.hpp"
#include "system_file.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace files_package
{

/// Whether a file begins with what was read of it, as far as that is known: with the same first
/// bytes, and with the same bytes in front of where reading goes on.
[[nodiscard]] bool continues(open_file& file, const line_progress& progress);

/// A file whose lines are read. Between two calls it remembers where it is, and no bytes. [one
/// thread at a time; blocks]
class line_file
{
public:
    line_file(line_progress at, file_key key, open_file file)
        : progress(std::move(at)), key(key), file(std::move(file))
    {
    }

    /// What has become of it.
    enum class state
    {
        more,       ///< there is more to read at once
        idle,       ///< nothing more for now
        unfinished, ///< nothing more for now but a record that may go on
        truncated,  ///< it does not go on from where it was read: it was truncated, or is another
        over        ///< all was read, and nothing will come
    };

    /// Reads on: a piece of the file.
    [[nodiscard]] state read(const read_settings& of, const record_cutter& cutter,
                             record_cutter::rest behind, findings& into);

    /// Whether it is within a line that is longer than it may be.
    [[nodiscard]] bool is_passing() const noexcept { return passed_ != 0; }

    line_progress progress; ///< what was read, acknowledged or not
    file_key key;
    open_file file;              ///< closed while others are read
    std::uint64_t open_ends = 0; ///< how many records are not acknowledged yet
    bool is_queued = false;
    bool is_quiet = false;       ///< nothing has come for long
    bool is_unfinished = false;  ///< it waits for its last record to become quiet
    std::uint64_t seen_size = 0; ///< when it was read last

private:
    [[nodiscard]] std::string read_piece(const read_settings& of, const record_cutter& cutter,
                                         record_cutter::rest behind);
    void skip_end_of_line(std::string_view& text);
    [[nodiscard]] state pass_line(std::string_view piece, bool is_end, record_cutter::rest behind,
                                  const read_settings& of, findings& into);
    void add(std::string_view record, const read_settings& of, findings& into);
    [[nodiscard]] finding found(std::uint64_t bytes, std::uint64_t lines, std::string_view tail);
    void advance(std::uint64_t bytes, std::uint64_t lines, std::string_view tail);
    void update_head();

    file_version version_{};
    std::uint64_t passed_ = 0; // bytes of a line that is too long, behind progress.offset
};

} // namespace files_package
