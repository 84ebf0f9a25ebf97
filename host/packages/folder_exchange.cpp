// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/folder_exchange.hpp"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>

namespace penstock::host
{

namespace
{

namespace files = std::filesystem;

// What file systems answer that know the call and not its flags, and kernels that know neither.
bool cannot_exchange(int error)
{
    return error == EINVAL || error == ENOSYS || error == EOPNOTSUPP;
}

} // namespace

std::error_code exchange_folders(const files::path& made, const files::path& target, bool& replaced)
{
    std::error_code error;
    replaced = files::exists(target, error);
    if (::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, target.c_str(),
                    replaced ? RENAME_EXCHANGE : RENAME_NOREPLACE) == 0)
        return {};
    if (cannot_exchange(errno))
        return exchange_in_steps(made, target, replaced);
    return {errno, std::generic_category()};
}

std::error_code exchange_in_steps(const files::path& made, const files::path& target,
                                  bool& replaced)
{
    std::error_code error;
    replaced = files::exists(target, error);
    const files::path old = target.parent_path() / ('.' + target.filename().string() + ".old");
    if (replaced)
    {
        files::remove_all(old, error);
        files::rename(target, old, error);
    }
    if (error)
        return error;
    files::rename(made, target, error); // it does not take the place of a folder that holds files
    std::error_code ignored;
    if (replaced)
        files::rename(old, error ? target : made, ignored);
    return error;
}

} // namespace penstock::host
