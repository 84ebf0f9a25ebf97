// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "system_file.hpp"
#include "tree.hpp"

#include <penstock/json.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace files_package
{

/// What one packet is made of.
struct finding
{
    enum class kind
    {
        file,   ///< a whole file
        lines,  ///< a line, or a record of several
        deleted ///< a file is there no more
    };

    kind what = kind::file;
    penstock::json::value position{};
    std::string path{};     ///< as text
    std::string data{};     ///< bytes of the file, or the text of the lines in UTF-8
    file_version version{}; ///< of the file; not of one that was deleted
    std::uint64_t line = 0; ///< the number of the first line
    std::string wrong{};    ///< why a dead letter is to be made of it; empty: nothing is
};

using findings = std::vector<finding>;

/// How files are read: whole, or by lines. It is told which paths to look at, and finds what is new
/// there. [one thread at a time; blocks] Throws penstock::unavailable if the checkpoint cannot be
/// read or written; then it is of no use any more.
class file_mode
{
public:
    using clock = std::chrono::steady_clock;

    file_mode() = default;
    file_mode(const file_mode&) = delete;
    file_mode& operator=(const file_mode&) = delete;
    virtual ~file_mode() = default;

    /// Looks at a path that was found, or where something has changed.
    virtual void look(const path_to_look_at& at, clock::time_point now, findings& into) = 0;

    /// Does a piece of what is left to do; false if there is nothing for now.
    virtual bool work(clock::time_point now, findings& into) = 0;

    /// When there will be something to do again; none: not before another look.
    [[nodiscard]] virtual std::optional<clock::time_point> next_work() const = 0;

    /// Begins to look for files that are known and not there any more.
    virtual void begin_check() = 0;
    /// Goes on with it for a while; false when it is done.
    virtual bool check(findings& into) = 0;

    /// Keeps what must be kept before what was found is given on.
    virtual void keep() {}

    /// Keeps that all up to these positions has ended.
    virtual void acknowledge(const std::vector<penstock::json::value>& positions) = 0;
};

} // namespace files_package
