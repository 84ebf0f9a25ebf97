// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/package_store.hpp"

#include "host/base/descriptor.hpp"
#include "host/packages/folder_exchange.hpp"
#include "host/packages/place.hpp"
#include "host/packages/trust.hpp"
#include "host/packages/version.hpp"

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace penstock::host
{

namespace
{

namespace files = std::filesystem;

problem failed(const files::path& path, const std::string& what, const std::error_code& error)
{
    return {path.string(), "", what + ": " + error.message(), ""};
}

/// A folder beside the packages that the catalogue does not look at, removed with all in it.
class aside
{
public:
    explicit aside(const files::path& folder) : path_(folder / ".aside-XXXXXX")
    {
        std::string name = path_.string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::system_error(errno, std::generic_category(), folder.string());
        path_ = name;
    }

    ~aside()
    {
        std::error_code ignored;
        files::remove_all(path_, ignored);
    }

    aside(const aside&) = delete;
    aside& operator=(const aside&) = delete;

    [[nodiscard]] const files::path& path() const noexcept { return path_; }

private:
    files::path path_;
};

bool is_archive(const files::path& file)
{
    const std::string name = file.filename().string();
    return name.ends_with(".tar.gz") || name.ends_with(".tgz") || name.ends_with(".tar");
}

/// The only folder in a folder, if there is nothing else; else the folder.
files::path top_of(const files::path& folder)
{
    const files::directory_iterator first(folder);
    if (first == files::directory_iterator() ||
        std::distance(files::directory_iterator(folder), {}) != 1 || !first->is_directory())
        return folder;
    return top_of(first->path());
}

/// The only library in a folder, not in those below it.
boost::system::result<files::path, problem> library_in(const files::path& folder,
                                                       const files::path& archive)
{
    std::vector<files::path> found;
    for (const auto& each : files::directory_iterator(folder))
        if (each.path().extension() == ".so")
            found.push_back(each.path());
    if (found.size() == 1)
        return found.front();
    return problem(archive.string(), "",
                   "has " + std::to_string(found.size()) + " libraries in its first folder",
                   "exactly one NAME.so was expected");
}

/// Syncs a file or folder to disk before it gets its name.
void sync(const files::path& path)
{
    const descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.is_open())
        ::fsync(file.number());
}

std::optional<problem> put_file(const files::path& file, const files::path& folder)
{
    std::error_code error;
    const files::path copy = folder / file.filename();
    files::copy_file(file, copy, error);
    if (!error)
        files::permissions(copy, files::perms(0644), error);
    return error ? std::optional(failed(file, "cannot be copied", error)) : std::nullopt;
}

boost::system::result<stamped_package, problem> examine_new(const files::path& library)
{
    boost::system::result<stamped_package, problem> package = examine_package(library);
    if (!package)
        return package.error();
    const stamp& has = package->stamp;
    if (!is_version(has.version))
        return problem(library.string(), "", "has the version " + quote(has.version),
                       "letters, digits and .+~_- were expected");
    if (library.stem() != has.package)
        return problem(library.string(), "", "holds the package " + quote(has.package),
                       "the name " + has.package + ".so was expected");
    if (std::optional<problem> wrong = try_to_load(*package))
        return *std::move(wrong);
    return package;
}

/// Shows the file that the user named, not the copy that was looked at.
problem about(const files::path& file, const files::path& aside, problem wrong)
{
    if (wrong.where.starts_with(aside.string()))
        wrong.where = file.string();
    return wrong;
}

} // namespace

boost::system::result<stored_package, problem>
package_store::install(const files::path& file, const archive_limits& limits) const
try
{
    files::create_directories(folder_);
    if (std::optional<problem> wrong = check_folder(folder_))
        return *std::move(wrong);
    // What others can write to may be another file by the time it is copied.
    if (const auto seen = package_file::look(file); !seen)
        return seen.error();
    if (file.extension() != ".so" && !is_archive(file))
        return problem(file.string(), "", "is no package", "NAME.so or a .tar.gz was expected");
    const aside place(files::canonical(folder_));
    std::optional<problem> wrong;
    const files::path unpacked = place.path() / "unpacked";
    files::create_directory(unpacked);
    wrong = is_archive(file) ? unpack(file, unpacked, limits) : put_file(file, unpacked);
    if (wrong)
        return *std::move(wrong);
    const files::path top = top_of(unpacked);
    const auto library = library_in(top, file);
    if (!library)
        return library.error();
    const auto package = examine_new(*library);
    if (!package)
        return about(file, place.path(), package.error());

    const stamp& has = package->stamp;
    files::permissions(top, files::perms(0755));
    sync(*library);
    sync(top);
    stored_package stored{has, folder_ / (has.package + '@' + has.version) / library->filename(),
                          false};
    const files::path target = stored.path.parent_path();
    if (const auto error =
            exchange_folders(top, target, stored.replaced)) // what was there is aside
        return failed(target, "cannot be put in place", error);
    sync(folder_);
    return stored;
}
catch (const std::system_error& error)
{
    return problem(folder_.string(), "", std::string("cannot be installed into: ") + error.what(),
                   "");
}

boost::system::result<std::vector<files::path>, problem>
package_store::remove(const std::string& package) const
try
{
    const std::size_t at = package.find('@');
    std::vector<files::path> found;
    if (files::is_directory(folder_))
        for (const auto& each : files::directory_iterator(folder_))
        {
            const std::string name = each.path().filename().string();
            if (name == package || name == package + ".so" ||
                (at == package.npos && name.starts_with(package + '@')))
                found.push_back(each.path());
        }
    if (found.empty() || package.empty() || !is_name(package.substr(0, at)))
        return problem(package, "", "is not installed in " + folder_.string(),
                       "a package of penstock package list was expected");
    const aside place(files::canonical(folder_));
    std::sort(found.begin(), found.end());
    for (const files::path& each : found)
        files::rename(each, place.path() / each.filename());
    sync(folder_);
    return found;
}
catch (const std::system_error& error)
{
    return problem(folder_.string(), "", std::string("cannot be removed from: ") + error.what(),
                   "");
}

} // namespace penstock::host
