// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "archive_error.hpp"
#include "compressed.hpp"
#include "quota.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct archive;
struct archive_entry;

namespace archive_package
{

/// A file in an archive.
struct member
{
    std::string path;
    std::string data;
    std::string wrong; ///< why there is no data; empty if nothing is
};

/// The files in an archive, one after the other: zip, tar, 7z, or one file compressed by gzip or
/// zstd; of tar also compressed. Folders, links and devices are left out. Every checksum that an
/// archive has is compared: a file that is not as it was told is wrong, or its archive is broken.
class members
{
public:
    /// Begins with an archive, which outlives this, as `count` does. `name` is that of its file:
    /// one that is compressed alone is named after it. What begins with zeros is a tar only if its
    /// name or `is_told_tar` says so. Throws archive_error.
    members(std::string_view data, std::string_view name, bool is_told_tar, quota& count);

    members(const members&) = delete; // libarchive knows where it is
    members& operator=(const members&) = delete;

    /// Whether a file is wanted, by its path.
    using wanted = bool (*)(std::string_view path);

    /// The next file that is wanted; none at the end. What others hold is not kept, but counted as
    /// far as it must be unpacked. Throws archive_error.
    [[nodiscard]] std::optional<member> next(wanted is_wanted = [](std::string_view)
                                             { return true; });

private:
    struct close
    {
        void operator()(::archive* reader) const;
    };

    static std::ptrdiff_t read_block(::archive* reader, void* files, const void** block);
    [[nodiscard]] std::string_view next_block();
    [[nodiscard]] bool may_be_tar(std::string_view begin) const;
    [[nodiscard]] bool is_zip() const;
    [[nodiscard]] std::optional<member> empty_file(wanted is_wanted);
    void check_end();
    [[nodiscard]] std::string path_of(::archive_entry* entry) const;
    [[nodiscard]] std::string path_of_file(std::string_view told) const;
    void read_data(::archive_entry* entry, member& into);
    void pass_data(::archive_entry* entry, const member& of);
    [[nodiscard]] std::string reason() const;
    [[nodiscard]] std::string wrong() const; // the same, of a member
    [[noreturn]] void fail(const std::string& path = "") const;

    std::string_view name_;
    bool is_told_tar_;
    quota& count_;
    std::unique_ptr<compressed> packed_; // null if the archive is not compressed as a whole
    std::string_view first_;             // of its blocks, until it is read
    std::string broken_;                 // why no further block can be unpacked
    bool is_empty_file_ = false;         // whether nothing was compressed, and is still to be given
    std::unique_ptr<::archive, close> reader_;
};

} // namespace archive_package
