// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/loader.hpp"

#include "host/base/descriptor.hpp"

#include <algorithm>
#include <cerrno>
#include <dlfcn.h>
#include <fcntl.h>
#include <set>
#include <string>
#include <sys/mman.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace penstock::host
{

namespace
{

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool maps_copies = false;
#else
constexpr bool maps_copies = true;
#endif

constexpr std::size_t longest_name = 249; ///< of a file in memory, says memfd_create(2)

problem failed(const std::filesystem::path& path, const char* what)
{
    return {
        path.string(), {}, std::string(what) + ": " + std::generic_category().message(errno), {}};
}

/// Keeps the end of a path that is too long: the file's name.
std::string name_in_memory(const std::filesystem::path& path)
{
    const std::string name = path.string();
    return name.size() <= longest_name ? name : name.substr(name.size() - longest_name);
}

bool write_all(int file, file_bytes bytes)
{
    while (!bytes.empty())
    {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR)
            return false;
        bytes = bytes.subspan(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    return true;
}

/// Puts a file into memory where nobody can change it any more.
boost::system::result<descriptor, problem> sealed_copy(const package_file& of)
{
    descriptor copy(
        ::memfd_create(name_in_memory(of.path()).c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!copy.is_open() || !write_all(copy.number(), of.bytes()))
        return failed(of.path(), "cannot be copied into memory");
    constexpr int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
    if (::fcntl(copy.number(), F_ADD_SEALS, seals) != 0)
        return failed(of.path(), "cannot be sealed in memory");
    return copy;
}

std::filesystem::path name_of(int file)
{
    return std::filesystem::path("/proc/self/fd") / std::to_string(file);
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

boost::system::result<boost::dll::shared_library, problem>
map_under(const std::filesystem::path& name, const package_file& of)
{
    namespace load_mode = boost::dll::load_mode;
    const auto keep = static_cast<load_mode::type>(RTLD_NODELETE);
    std::error_code error;
    boost::dll::shared_library library;
    library.load(name, error, load_mode::rtld_now | load_mode::rtld_local | keep);
    if (error)
        return problem(of.path().string(), {}, "cannot be loaded: " + loader_message(name), {});
    return library;
}

/// Returns whether a library of that name (DT_SONAME) is there already, which is what the loader
/// takes.
bool is_loaded(const std::string& name)
{
    const bool is_there = ::dlopen(name.c_str(), RTLD_LAZY | RTLD_NOLOAD) != nullptr;
    static_cast<void>(::dlerror());
    return is_there;
}

/// Maps copies, each after those of what it needs: the loader finds these by their names, as they
/// say them (DT_SONAME).
class copy_mapper
{
public:
    boost::system::result<boost::dll::shared_library, problem> map(const package_file& file)
    {
        const std::filesystem::path folder = file.path().parent_path();
        seen_.insert(file.path());
        std::error_code unreadable;
        for (const std::string_view name : elf_file(file.bytes()).needed())
            if (const std::filesystem::path beside = folder / name;
                name.find('/') == name.npos &&
                std::filesystem::is_regular_file(beside, unreadable) &&
                !is_loaded(std::string(name)) && seen_.insert(beside).second)
                if (auto mapped = map_beside(beside); mapped.has_error())
                    return mapped.error();
        auto copy = sealed_copy(file);
        if (copy.has_error())
            return copy.error();
        auto library = map_under(name_of(copy->number()), file);
        if (library.has_value())
            kept_.push_back(*std::move(copy));
        return library;
    }

    /// Leaves the descriptors of what was mapped open for good.
    void keep()
    {
        for (descriptor& each : kept_)
            static_cast<void>(each.release());
    }

private:
    boost::system::result<boost::dll::shared_library, problem>
    map_beside(const std::filesystem::path& path)
    {
        const auto file = package_file::open(path);
        return file.has_error() ? file.error() : map(*file);
    }

    std::set<std::filesystem::path> seen_;
    std::vector<descriptor> kept_;
};

} // namespace

boost::system::result<boost::dll::shared_library, problem> map_package(const package_file& package,
                                                                       mapped what)
{
    if (what == mapped::copy && maps_copies)
    {
        copy_mapper mapper;
        auto library = mapper.map(package);
        mapper.keep();
        return library;
    }
    // The loader takes one name for one file, so a file that may have replaced another is opened
    // for good, and has the name of its descriptor.
    if (::dlopen(package.path().c_str(), RTLD_NOW | RTLD_NOLOAD) == nullptr)
    {
        static_cast<void>(::dlerror());
        return map_under(package.path(), package);
    }
    const int file = ::open(package.path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    return map_under(file < 0 ? package.path() : name_of(file), package);
}

} // namespace penstock::host
