// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/library.hpp"

#include <penstock/detail/destruction.hpp>
#include <penstock/package.hpp>

#include <cstring>
#include <exception>
#include <set>
#include <span>
#include <string>

namespace penstock::host
{

namespace
{

bool same(const char* found, const std::string& expected)
{
    return found != nullptr && found == expected;
}

bool is_stamped(const manifest& found, const stamped_package& package)
{
    return std::memcmp(found.magic, "penstock", sizeof found.magic) == 0 &&
           found.version == PENSTOCK_SDK_ABI && found.size == sizeof(manifest) &&
           same(found.package, package.stamp.package) &&
           same(found.package_version, package.stamp.version) && found.components != nullptr;
}

problem exchanged(const stamped_package& package)
{
    return {package.path.string(),
            {},
            "its manifest is not that of its stamp",
            "a file that nothing replaced after it was looked at was expected"};
}

boost::system::result<std::shared_ptr<const component_type>, problem>
describe_entry(const component_entry& entry, const stamped_package& package)
{
    const std::string where = package.path.string();
    const std::string name = entry.name != nullptr ? entry.name : "";
    const std::string id = package.stamp.package + '/' + name;
    if (!is_name(name))
        return problem(where, {}, "has a component " + quote(name), "[a-z][a-z0-9_]* was expected");
    if (entry.make == nullptr || entry.summary == nullptr || entry.category > category::publisher ||
        entry.standing > status::deprecated || entry.introduced == nullptr ||
        entry.own_version == nullptr || entry.successor == nullptr)
        return problem(where, {}, "component " + quote(id) + " is incomplete",
                       "what penstock::component_of() makes was expected");
    const auto type = std::make_shared<component_type>(entry.make);
    type->id = id;
    type->category = entry.category;
    type->summary = entry.summary;
    type->package = package.stamp.package;
    type->version = package.stamp.version;
    type->licence = package.stamp.licence;
    type->own_version = *entry.own_version == '\0' ? type->version : entry.own_version;
    type->since = entry.introduced;
    type->status = entry.standing;
    type->successor = entry.successor;
    type->path = package.path;
    std::string thrown = "something that is no std::exception";
    try
    {
        const detail::component_ptr made = type->make();
        type->description = describe(*made);
        return type;
    }
    catch (const std::exception& error)
    {
        thrown = error.what();
    }
    catch (...) // not in a fiber: nothing here may unwind for another reason
    {
    }
    return problem(where, {}, "component " + quote(id) + " throws when it is made: " + thrown,
                   "a constructor that only declares was expected");
}

} // namespace

boost::system::result<stamped_package, problem> examine_package(const std::filesystem::path& file)
{
    boost::system::result<package_file, problem> opened = package_file::open(file);
    if (opened.has_error())
        return opened.error();
    const std::string where = opened->path().string();
    boost::system::result<stamp, problem> found = read_stamp(opened->bytes(), where);
    if (found.has_error())
        return found.error();
    if (std::optional<problem> wrong = check(*found, where))
        return *std::move(wrong);
    return stamped_package{*std::move(found), opened->path(), opened->identity()};
}

boost::system::result<std::vector<std::shared_ptr<const component_type>>, problem>
load_package(const stamped_package& package, mapped what)
{
    const std::string where = package.path.string();
    const auto file = package_file::open(package.path);
    if (file.has_error())
        return file.error();
    if (file->identity() != package.identity)
        return exchanged(package);
    const auto library = map_package(*file, what);
    if (library.has_error())
        return library.error();
    if (!library->has("penstock_manifest"))
        return problem(where, {}, "exports no penstock_manifest",
                       "what PENSTOCK_PACKAGE() defines was expected");
    const manifest& found = library->get<const manifest>("penstock_manifest");
    if (!is_stamped(found, package))
        return exchanged(package);

    std::vector<std::shared_ptr<const component_type>> types;
    std::set<std::string> ids;
    for (const detail::listed_component& listed : std::span(found.components, found.count))
    {
        auto type = describe_entry(listed.entry(), package);
        if (type.has_error())
            return type.error();
        if (!ids.insert((*type)->id).second)
            return problem(where, {}, "lists component " + quote((*type)->id) + " twice",
                           "names of its own for each were expected");
        types.push_back(*std::move(type));
    }
    return types;
}

} // namespace penstock::host
