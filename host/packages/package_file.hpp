// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/packages/elf.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
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

/// A package's file, opened once, found trustworthy, and mapped for reading.
///
/// Links are followed first; the file they end at is opened without following any, and it is this
/// open file that is checked and read. Movable; the bytes live as long as it does.
class package_file
{
public:
    /// Refuses what is no regular file and what others than its owner and root may write to, or
    /// may replace, because the folder is writable by others and not sticky.
    [[nodiscard]] static boost::system::result<package_file, problem>
    open(const std::filesystem::path& path);

    package_file(package_file&& other) noexcept;
    package_file& operator=(package_file&&) = delete;
    ~package_file();

    /// Where the file really is, after all links.
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

    [[nodiscard]] const file_identity& identity() const noexcept { return identity_; }

    [[nodiscard]] file_bytes bytes() const noexcept { return bytes_; }

private:
    package_file(std::filesystem::path path, file_identity identity, file_bytes bytes)
        : path_(std::move(path)), identity_(identity), bytes_(bytes)
    {
    }

    std::filesystem::path path_;
    file_identity identity_;
    file_bytes bytes_;
};

/// Returns why packages in a folder cannot be trusted; nothing if they can. A folder that is not
/// there is fine.
[[nodiscard]] std::optional<problem> check_folder(const std::filesystem::path& folder);

} // namespace penstock::host
