// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "glob.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace re2
{
class RE2;
} // namespace re2

namespace files_package
{

/// Tells people what goes wrong with a file, in one line. [also inside `blocking`]
using notice = std::function<void(const std::string& line)>;

/// What to read, and within which bounds.
struct read_settings
{
    std::vector<std::string> paths; ///< of files and folders, or patterns of them
    selection files{};
    bool follow = false; ///< whether to wait for changes when all is read
    bool links = false;  ///< whether symbolic links within the folders are followed
    std::size_t file_bytes = std::size_t{64} << 20; ///< of a whole file, at most
    std::size_t line_bytes = std::size_t{1} << 20;  ///< of a line, at most
    std::size_t open_files = 256;                   ///< of which lines are read, at most
    std::chrono::milliseconds settle{500};          ///< without change, before a file is read whole
    std::chrono::milliseconds rescan{60'000};       ///< between two looks at everything; 0: never
    std::string charset = "utf-8";                  ///< of lines
    std::shared_ptr<const re2::RE2> record_begin{}; ///< of the first line of a record, or null
    std::chrono::milliseconds record_wait{1'000};   ///< for further lines of a record
    std::string data_directory{};                   ///< of the host, which is never read
    notice tell = [](const std::string&) {};
};

} // namespace files_package
