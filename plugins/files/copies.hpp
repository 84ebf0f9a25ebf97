// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "checkpoint.hpp"
#include "line_file_set.hpp"
#include "read_settings.hpp"
#include "tree.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace files_package
{

/// The copies that are made of a log before it is truncated, as logrotate's `copytruncate` makes
/// them: in the same folder, with its name, one of `.-_`, and more. [one thread at a time; blocks]
class copies
{
public:
    /// All outlive it.
    copies(const read_settings& of, const tree& files, line_file_set& open, checkpoint& kept)
        : of_(of), tree_(files), open_(open), kept_(kept)
    {
    }

    /// Whether a file is the copy of one that is read.
    enum class answer
    {
        no,
        yes,  ///< and the original is still whole
        later ///< it cannot be told yet
    };

    /// What is known of a file that was not known before. If the original has been truncated,
    /// `truncated` is that.
    struct finding_of_copy
    {
        answer is_copy = answer::no;
        line_file* truncated = nullptr;
    };

    [[nodiscard]] finding_of_copy look(const std::string& path);

    /// The newest copy of what was read of a file, and more: the path of one that is not known.
    [[nodiscard]] std::optional<std::string> newest(const line_progress& of);

private:
    [[nodiscard]] std::optional<line_progress> original(const std::string& path);
    [[nodiscard]] static bool begins_alike(open_file& file, std::uint64_t size,
                                           const line_progress& from, open_file& original);
    [[nodiscard]] bool is_known(const file_key& key);

    const read_settings& of_;
    const tree& tree_;
    line_file_set& open_;
    checkpoint& kept_;
};

} // namespace files_package
