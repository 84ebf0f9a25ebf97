// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/own_pages.hpp"
#include "host/base/problem.hpp"
#include "host/packages/elf.hpp"

#include <boost/system/result.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <utility>

namespace penstock::host
{

/// The identity of a file, which differs also when one replaced the other under its name.
struct file_identity
{
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t changed = 0; ///< nanoseconds

    friend bool operator==(const file_identity&, const file_identity&) = default;
};

/// The bytes of a package's file, read once and found trustworthy: what becomes of the file later,
/// while it is written to or cut short, does not matter.
///
/// Links are followed first; the file they end at is opened without following any. Movable.
class package_file
{
public:
    static constexpr std::size_t greatest = std::size_t{512} << 20; ///< bytes

    /// What can be told of a file without reading it.
    struct entry
    {
        std::filesystem::path path; ///< where it really is, after all links
        file_identity identity;
    };

    /// Refuses what open() does, as far as it shows without reading.
    [[nodiscard]] static boost::system::result<entry, problem>
    look(const std::filesystem::path& path);

    /// Refuses what is no regular file, what others than root and this user may change or exchange,
    /// what is larger than `greatest`, and what is written to meanwhile.
    [[nodiscard]] static boost::system::result<package_file, problem>
    open(const std::filesystem::path& path);

    /// Where the file really is, after all links.
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

    [[nodiscard]] const file_identity& identity() const noexcept { return identity_; }

    [[nodiscard]] file_bytes bytes() const noexcept { return bytes_.bytes(); }

private:
    package_file(std::filesystem::path path, file_identity identity, own_pages bytes)
        : path_(std::move(path)), identity_(identity), bytes_(std::move(bytes))
    {
    }

    std::filesystem::path path_;
    file_identity identity_;
    own_pages bytes_; // 2 MB of some packages, of which malloc would keep as much
};

} // namespace penstock::host
