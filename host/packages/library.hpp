// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/packages/component_type.hpp"
#include "host/packages/loader.hpp"
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

/// Loads a package, from a copy in memory unless `what` says otherwise, and describes its
/// components, each by an instance made for that. Refuses a file that is not the one that was
/// examined. It stays loaded until the process ends, also when it is refused; a file that replaced
/// a loaded one is loaded beside it. [one thread at a time]
[[nodiscard]] boost::system::result<std::vector<std::shared_ptr<const component_type>>, problem>
load_package(const stamped_package& package, mapped what = mapped::copy);

} // namespace penstock::host
