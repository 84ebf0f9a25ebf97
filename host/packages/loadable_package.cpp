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

boost::system::result<std::shared_ptr<loadable_package>, problem>
find_or_examine(const std::filesystem::path& file, std::size_t place, const known_packages& known)
{
    const auto seen = package_file::look(file);
    if (seen.has_error())
        return seen.error();
    const auto same = known.find(seen->path);
    if (same != known.end() && same->second->identity() == seen->identity &&
        !same->second->is_refused())
        return std::make_shared<loadable_package>(*same->second, place);
    auto package = examine_package(file);
    if (package.has_error())
        return package.error();
    return std::make_shared<loadable_package>(*std::move(package), place);
}

} // namespace penstock::host
