// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/loadable_package.hpp"

namespace penstock::host
{

namespace
{

/// Examines a file again that could not be loaded; nothing if it is the one that was examined, or
/// no other file of that package.
std::optional<stamped_package> exchanged_for(const stamped_package& package)
{
    boost::system::result<stamped_package, problem> now = examine_package(package.path);
    if (now.has_error() || now->identity == package.identity ||
        now->stamp.package != package.stamp.package)
        return std::nullopt;
    return *std::move(now);
}

} // namespace

std::optional<problem> loadable_package::load(mapped what, const exchanged_function& exchanged)
{
    tried_ = true;
    auto loaded = load_package(package_, what);
    if (loaded.has_error())
        if (std::optional<stamped_package> now = exchanged_for(package_))
        {
            package_ = *std::move(now);
            if (exchanged)
                exchanged({package_.path.string(),
                           {},
                           "was exchanged before it was loaded, so it is read again",
                           {}});
            loaded = load_package(package_, what);
        }
    refused_ = loaded.has_error();
    if (refused_)
        return loaded.error();
    components_ = *std::move(loaded);
    return std::nullopt;
}

} // namespace penstock::host
