// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace files_package
{

/// The identity of a file while it is there: its device and inode.
struct file_key
{
    std::uint64_t device = 0;
    std::uint64_t inode = 0;

    friend auto operator<=>(const file_key&, const file_key&) = default;
};

/// What tells one content of a file from another without reading it.
struct file_version
{
    std::uint64_t inode = 0;
    std::int64_t modified = 0; ///< nanoseconds since 1970
    std::uint64_t size = 0;    ///< bytes

    friend bool operator==(const file_version&, const file_version&) = default;
};

/// What the system says of a path.
struct file_status
{
    enum class kind
    {
        nothing, ///< there is no such file
        regular,
        folder,
        link,
        other ///< a device, a pipe, a socket
    };

    kind what = kind::nothing;
    file_key key{};
    file_version version{};
    std::uint64_t names = 0; ///< hard links; 0: it was deleted, and is only held open
    std::error_code error{}; ///< why nothing could be told, unless there is nothing
};

/// Looks at a path; of a symbolic link, where it leads if `follows`. Blocks.
[[nodiscard]] file_status status_of(const std::string& path, bool follows);

/// An open file, for reading. Closed with its object. [any thread, one at a time; blocks]
class open_file
{
public:
    open_file() = default;
    /// Opens a regular file; of a symbolic link, where it leads if `follows`; none that is in the
    /// folder `forbidden`, which is canonical or empty, whatever the path. What was not opened
    /// leaves error().
    open_file(const std::string& path, bool follows, const std::string& forbidden);
    open_file(open_file&& other) noexcept
        : file_(std::exchange(other.file_, -1)), error_(other.error_)
    {
    }
    open_file& operator=(open_file&& other) noexcept
    {
        std::swap(file_, other.file_);
        error_ = other.error_;
        return *this;
    }
    ~open_file();

    [[nodiscard]] bool is_open() const noexcept { return file_ >= 0; }
    [[nodiscard]] const std::error_code& error() const noexcept { return error_; }
    [[nodiscard]] file_status status() const;

    /// Reads up to `most` bytes from an offset on; fewer only at the end of the file, or with an
    /// error().
    [[nodiscard]] std::string read(std::uint64_t offset, std::size_t most);

    /// The hash of a part of the file; none if there are not so many bytes.
    [[nodiscard]] std::optional<std::uint64_t> hash(std::uint64_t offset, std::size_t count);

private:
    void close_because(std::errc why);
    [[nodiscard]] bool is_below(const std::string& folder) const;

    int file_ = -1;
    std::error_code error_;
};

/// A time as RFC 3339 has it, in UTC, to the second.
[[nodiscard]] std::string time_text(std::int64_t nanoseconds);

} // namespace files_package
