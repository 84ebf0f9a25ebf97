// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/packages/archive.hpp"
#include "host/packages/library.hpp"

#include <boost/system/result.hpp>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host
{

/// What was installed or removed.
struct stored_package
{
    host::stamp stamp;
    std::filesystem::path path; ///< of its file
    bool replaced = false;      ///< there was one of that name and version
};

/// Keeps packages in one folder, each version in a folder of its own, NAME@VERSION, where the
/// catalogue finds it. Everything is made aside and then renamed: a reader sees a package whole or
/// not at all. [one thread]
class package_store
{
public:
    /// `folder` need not exist.
    explicit package_store(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Installs a package from its file, NAME.so, or from an archive with exactly one such file,
    /// and whatever else it wants to have beside it. Refuses what the host would refuse to load:
    /// it is loaded in a process of its own to find out. `limits` are those of an archive.
    [[nodiscard]] boost::system::result<stored_package, problem>
    install(const std::filesystem::path& file, const archive_limits& limits = {}) const;

    /// Removes a package: all its versions or, of `NAME@VERSION`, one. What a host has loaded it
    /// keeps until it ends.
    [[nodiscard]] boost::system::result<std::vector<std::filesystem::path>, problem>
    remove(const std::string& package) const;

private:
    std::filesystem::path folder_;
};

/// Returns why a package does not load; nothing if it does. Finds out in a child process, which may
/// crash or hang without harm.
[[nodiscard]] std::optional<problem> try_to_load(const stamped_package& package);

} // namespace penstock::host
