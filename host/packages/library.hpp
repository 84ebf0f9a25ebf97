// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/packages/component_type.hpp"
#include "host/packages/package_file.hpp"
#include "host/packages/stamp.hpp"

#include <boost/system/result.hpp>

#include <filesystem>
#include <memory>
#include <vector>

namespace penstock::host
{

/// A package of which the stamp is known and fits; nothing of it has run.
struct stamped_package
{
    host::stamp stamp;
    std::filesystem::path path;
    file_identity identity;
};

/// Looks at a file without running it: may it be trusted, and does its stamp fit this host?
[[nodiscard]] boost::system::result<stamped_package, problem>
examine_package(const std::filesystem::path& file);

/// Whether another file was loaded under the name before.
enum class file_name
{
    fresh,
    used
};

/// Loads a package and describes its components, each by an instance made for that. It stays
/// loaded until the process ends, also when it is refused; a file that replaced a loaded one is
/// loaded beside it. [one thread at a time]
[[nodiscard]] boost::system::result<std::vector<std::shared_ptr<const component_type>>, problem>
load_package(const stamped_package& package, file_name name = file_name::fresh);

} // namespace penstock::host
