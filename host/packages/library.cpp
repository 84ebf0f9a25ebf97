// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/library.hpp"

#include <penstock/package.hpp>

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>

#include <algorithm>
#include <cstring>
#include <dlfcn.h>
#include <exception>
#include <fcntl.h>
#include <set>
#include <span>
#include <string>
#include <system_error>

namespace penstock::host
{

namespace
{

/// The name under which to load a file. The loader takes one name for one file, so a file that
/// replaced another needs a new one: that of a descriptor, which is never closed, lest its number
/// becomes another's. Otherwise the file's own, which debuggers understand.
std::filesystem::path loader_name(const std::filesystem::path& path, file_name name)
{
    if (name == file_name::fresh)
        return path;
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    return descriptor < 0 ? path
                          : std::filesystem::path("/proc/self/fd") / std::to_string(descriptor);
}

/// What the loader says, without the file's name in front: the problem has it already.
std::string loader_message(const std::filesystem::path& path)
{
    const char* const text = ::dlerror();
    std::string message = text != nullptr ? text : "the loader does not say why";
    const std::string prefix = path.string() + ": ";
    if (message.starts_with(prefix))
        message.erase(0, prefix.size());
    std::replace(message.begin(), message.end(), '\n', ' ');
    return message;
}

bool same(const char* found, const std::string& expected)
{
    return found != nullptr && found == expected;
}

/// Compares what was loaded with the stamp: another file of that name may be loaded already.
std::optional<problem> check_loaded(const manifest& found, const stamped_package& package)
{
    if (std::memcmp(found.magic, "penstock", sizeof found.magic) == 0 &&
        found.version == PENSTOCK_SDK_ABI && found.size == sizeof(manifest) &&
        same(found.package, package.stamp.package) &&
        same(found.package_version, package.stamp.version) && found.components != nullptr)
        return std::nullopt;
    return problem(package.path.string(), {}, "its manifest is not that of its stamp",
                   "a file that nothing replaced after it was loaded was expected");
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
        type->description = describe(*type->make());
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
load_package(const stamped_package& package, file_name name)
{
    namespace load_mode = boost::dll::load_mode;
    const std::string where = package.path.string();
    const auto keep = static_cast<load_mode::type>(RTLD_NODELETE);
    std::error_code error;
    boost::dll::shared_library library;
    const std::filesystem::path path = loader_name(package.path, name);
    library.load(path, error, load_mode::rtld_now | load_mode::rtld_local | keep);
    if (error)
        return problem(where, {}, "cannot be loaded: " + loader_message(path), {});
    if (!library.has("penstock_manifest"))
        return problem(where, {}, "exports no penstock_manifest",
                       "what PENSTOCK_PACKAGE() defines was expected");
    const manifest& found = library.get<const manifest>("penstock_manifest");
    if (std::optional<problem> wrong = check_loaded(found, package))
        return *std::move(wrong);

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
