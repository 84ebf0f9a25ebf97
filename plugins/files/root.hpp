// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "glob.hpp"
#include "system_file.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace files_package
{

/// One of the paths that are read: a file, a folder, or a pattern of paths and the folder in front
/// of it. A value type. [any thread]
class root
{
public:
    /// Takes a path as people write it, see path_of_text(). Throws std::invalid_argument for a
    /// pattern that is none.
    explicit root(std::string_view given);

    /// Looks whether it is there; of a path without a pattern, whether it is a folder. Blocks.
    void look();

    [[nodiscard]] bool is_there() const noexcept { return is_there_; }
    /// Why it cannot be read, though it is there.
    [[nodiscard]] const std::error_code& error() const noexcept { return error_; }

    /// The path that is looked at.
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    /// The folder that is read; that of the file, if it is one.
    [[nodiscard]] const std::string& folder() const noexcept { return folder_; }

    /// How many folders below it are read at most.
    [[nodiscard]] std::size_t depth() const noexcept { return depth_; }

    /// The path relative to the folder that is read; none if it is not below it.
    [[nodiscard]] std::optional<std::string_view> relative(std::string_view path) const;

    /// Whether a relative path is one of those that are meant.
    [[nodiscard]] bool means(std::string_view relative) const;

    /// The inode of the folder, to know it again; 0: it is a file.
    [[nodiscard]] std::uint64_t inode() const noexcept { return is_file_ ? 0 : inode_; }

    /// Whether something was seen in the folder since it was looked at.
    [[nodiscard]] bool has_entries() const noexcept { return has_entries_; }
    void see_entry() noexcept { has_entries_ = true; }

    /// Whether what is missing in it is believed to be deleted: not where the disk is not mounted.
    [[nodiscard]] bool is_trusted() const noexcept { return is_there_ && is_trusted_; }
    /// Believes that no more, until it is looked at again.
    void distrust() noexcept { is_trusted_ = false; }

    static constexpr std::size_t any_depth = static_cast<std::size_t>(-1);

private:
    std::string path_;
    std::string folder_;
    std::optional<glob> pattern_;
    std::size_t depth_ = any_depth;
    bool is_there_ = false;
    bool is_file_ = false;
    bool is_trusted_ = true;
    bool has_entries_ = false;
    std::uint64_t inode_ = 0;
    std::error_code error_;
};

} // namespace files_package
