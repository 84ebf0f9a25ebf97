// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

struct archive;
struct archive_entry;

namespace archive_package
{

/// The error of bytes that are no archive, or of one that is broken.
class archive_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The error of an archive that costs more than it may, with all that are in it.
class archive_limit : public archive_error
{
public:
    using archive_error::archive_error;
};

/// What one archive may cost, with all that are in it.
struct unpack_limits
{
    std::size_t bytes = std::size_t{1} << 30;   ///< of all members
    std::size_t member = std::size_t{64} << 20; ///< of the largest
    std::size_t members = 10'000;
    std::size_t ratio = 100; ///< of what is unpacked to the archive, beyond the first mebibyte
};

/// What has been unpacked of an archive so far, with all that are in it.
struct unpacked
{
    std::size_t archive_bytes = 0; ///< of the outermost
    std::size_t bytes = 0;
    std::size_t members = 0;
};

/// A file in an archive.
struct member
{
    std::string path;
    std::string data;
    std::string wrong; ///< why there is no data; empty if nothing is
};

/// The files in an archive, one after the other: zip, tar, 7z, or one file compressed by gzip or
/// zstd; of tar also compressed. Folders, links and devices are left out.
class members
{
public:
    /// Begins with an archive, which outlives this. `name` is that of its file: one that is
    /// compressed alone is named after it. Throws archive_error.
    members(std::string_view data, std::string_view name, const unpack_limits& limits,
            unpacked& count);

    /// Whether a file is wanted, by its path.
    using wanted = bool (*)(std::string_view path);

    /// The next file that is wanted; none at the end. What others hold is not kept,
    /// but counted as far as it must be unpacked. Throws
    /// archive_error.
    [[nodiscard]] std::optional<member> next(wanted is_wanted = [](std::string_view)
                                             { return true; });

private:
    struct close
    {
        void operator()(::archive* reader) const;
    };

    [[nodiscard]] std::string path_of(::archive_entry* entry) const;
    void read_data(::archive_entry* entry, member& into);
    void pass_data(::archive_entry* entry, const member& of);
    void count_bytes(std::size_t more, const member& of);
    [[noreturn]] void fail() const;

    std::string_view name_;
    const unpack_limits& limits_;
    unpacked& count_;
    std::unique_ptr<::archive, close> reader_;
};

} // namespace archive_package
