// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>

namespace archive_package
{

/// What one archive may cost, with all that are in it.
struct unpack_limits
{
    std::size_t bytes = std::size_t{1} << 30;   ///< of all members
    std::size_t member = std::size_t{64} << 20; ///< of the largest
    std::size_t members = 10'000;
    std::size_t ratio = 100; ///< of what is unpacked to the archive, beyond the first mebibyte
    std::size_t window = std::size_t{128} << 20; ///< of what zstd compressed, in bytes
};

/// Counts what has been unpacked of an archive, with all that are in it, against its limits. All
/// calls throw archive_limit, and are made before the memory is taken. [one thread at a time]
class quota
{
public:
    /// Whatever the ratio, so many bytes are allowed.
    static constexpr std::size_t always_allowed = std::size_t{1} << 20;

    /// `archive_bytes` is the size of the outermost archive.
    quota(const unpack_limits& limits, std::size_t archive_bytes)
        : limits_(limits), archive_bytes_(archive_bytes)
    {
    }

    [[nodiscard]] const unpack_limits& limits() const { return limits_; }

    void count_member();

    /// Counts bytes of a file, of which `before` were counted before.
    void count_file(const std::string& path, std::size_t before, std::size_t more);

    /// Counts bytes of no file, behind the last one.
    void count_rest(std::size_t more);

private:
    void count(const std::string& of, std::size_t more);

    unpack_limits limits_;
    std::size_t archive_bytes_;
    std::size_t bytes_ = 0;
    std::size_t members_ = 0;
};

} // namespace archive_package
