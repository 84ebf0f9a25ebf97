// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace files_package
{

/// The lines of a batch, by the file that they go to. [one thread]
class line_groups
{
public:
    /// The lines for one file.
    struct group
    {
        std::string path;
        std::string lines{};
        std::vector<std::pair<std::size_t, std::size_t>> ends{}; ///< item, and where its line ends
    };

    void clear()
    {
        groups_.clear();
        places_.clear();
    }

    /// The group of a path; valid until the next call.
    group& of(const std::string& path)
    {
        const auto [found, is_new] = places_.emplace(path, groups_.size());
        if (is_new)
            groups_.push_back({path});
        return groups_[found->second];
    }

    /// In the order in which they came.
    [[nodiscard]] const std::vector<group>& all() const { return groups_; }

private:
    std::vector<group> groups_;
    std::unordered_map<std::string, std::size_t> places_;
};

} // namespace files_package
