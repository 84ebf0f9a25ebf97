// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/packages/elf.hpp"

#include <boost/system/result.hpp>

#include <optional>
#include <string>

namespace penstock::host
{

/// What a package was built against and what it is, as its file says without being run.
struct stamp
{
    std::string sdk;
    std::string boost;
    std::string glibcxx_cxx11_abi;
    std::string glibcxx_debug;
    std::string sanitizer;
    std::string package;
    std::string version;
    std::string licence;

    friend bool operator==(const stamp&, const stamp&) = default;
};

/// The stamp of this host; it names no package.
[[nodiscard]] const stamp& own_stamp();

/// Reads the stamp of a package, and the frozen start of its manifest, from the file's bytes.
/// Runs nothing of it. `where` names the file in the problem.
[[nodiscard]] boost::system::result<stamp, problem> read_stamp(file_bytes file,
                                                               const std::string& where);

/// Returns why this host cannot load a package with that stamp; nothing if it can.
[[nodiscard]] std::optional<problem> check(const stamp& stamp, const std::string& where);

/// Returns whether a text is `[a-z][a-z0-9_]*`: a name of a package, component, node or port.
[[nodiscard]] bool is_name(std::string_view text) noexcept;

} // namespace penstock::host
