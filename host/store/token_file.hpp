// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/problem.hpp"
#include "host/store/token.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace penstock::host
{

/// The list of tokens in a data directory; nothing if there never was one. A list that is there
/// counts, also when it is empty: revoking the last token does not disable authorization.
using token_list = std::optional<std::vector<token_record>>;

/// Keeps hashes of tokens in a file that only its owner may read. Blocks on the disk.
class token_file
{
public:
    /// The state of the file that changes with its content, without reading it.
    struct stamp
    {
        bool is_there = false;
        std::uint64_t inode = 0;
        std::uint64_t size = 0;
        std::int64_t changed = 0; ///< nanoseconds

        friend bool operator==(const stamp&, const stamp&) = default;
    };

    /// How often a host that runs looks at the file.
    static constexpr std::chrono::milliseconds between_looks{100};

    explicit token_file(const std::filesystem::path& data) : path_(data / "tokens.json") {}

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

    [[nodiscard]] stamp look() const noexcept;

    /// Refuses a file that others may read.
    [[nodiscard]] boost::system::result<token_list, problem> read() const;

    /// Changes the list by `change`, which may refuse, one caller at a time. Makes the folder
    /// if need be, for its owner alone.
    [[nodiscard]] std::optional<problem>
    edit(const std::function<std::optional<problem>(std::vector<token_record>&)>& change) const;

private:
    std::filesystem::path path_;
};

} // namespace penstock::host
