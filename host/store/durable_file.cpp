// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/durable_file.hpp"

#include "host/base/descriptor.hpp"

#include <cerrno>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

namespace penstock::host
{

namespace
{

problem failure(const std::filesystem::path& path, const char* what, int error)
{
    return {path.string(), "", std::string(what) + ": " + std::generic_category().message(error),
            ""};
}

descriptor open_file(const std::filesystem::path& path, int flags, mode_t mode = 0)
{
    return descriptor(::open(path.c_str(), flags | O_CLOEXEC, mode));
}

bool write_all(const descriptor& file, std::string_view text) noexcept
{
    while (!text.empty())
    {
        const ssize_t written = ::write(file.number(), text.data(), text.size());
        if (written < 0 && errno != EINTR)
            return false;
        text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return true;
}

bool sync(const descriptor& file) noexcept
{
    return ::fsync(file.number()) == 0;
}

std::optional<problem> write_file(const std::filesystem::path& path, std::string_view text,
                                  mode_t mode)
{
    const descriptor file = open_file(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, mode);
    if (!file.is_open() || !write_all(file, text) || !sync(file))
        return failure(path, "cannot be written", errno);
    return std::nullopt;
}

std::optional<problem> sync_folder(const std::filesystem::path& folder)
{
    const descriptor opened = open_file(folder, O_RDONLY | O_DIRECTORY);
    if (!opened.is_open() || !sync(opened))
        return failure(folder, "cannot be synced", errno);
    return std::nullopt;
}

} // namespace

std::optional<problem> replace_file(const std::filesystem::path& file, std::string_view text,
                                    bool is_private)
{
    const std::filesystem::path folder = file.parent_path();
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return failure(folder, "cannot be made", error.value());
    std::filesystem::path fresh = file;
    fresh += ".new";
    if (is_private)
        std::filesystem::remove(fresh, error); // a crash may have left one that others can open
    if (auto wrong = write_file(fresh, text, is_private ? 0600 : 0644))
        return wrong;
    std::filesystem::rename(fresh, file, error);
    if (error)
        return failure(file, "cannot be replaced", error.value());
    return sync_folder(folder);
}

std::optional<problem> remove_file(const std::filesystem::path& file)
{
    std::error_code error;
    const bool removed = std::filesystem::remove(file, error);
    if (error)
        return failure(file, "cannot be removed", error.value());
    return removed ? sync_folder(file.parent_path()) : std::nullopt;
}

std::optional<std::string> read_file(const std::filesystem::path& file)
{
    std::ifstream opened(file, std::ios::binary);
    if (!opened)
        return std::nullopt;
    std::string text{std::istreambuf_iterator<char>(opened), {}};
    return opened.bad() ? std::nullopt : std::optional(std::move(text));
}

} // namespace penstock::host
