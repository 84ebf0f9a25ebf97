// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/sqlite/held_files.hpp"

#include <sys/stat.h>

namespace penstock::host
{

held_files::held_files(const std::filesystem::path& database)
{
    for (const std::filesystem::path& each :
         {database, std::filesystem::path(database.string() + "-wal")})
    {
        struct stat found;
        if (::stat(each.c_str(), &found) == 0)
            held_.push_back({each, found.st_dev, found.st_ino});
    }
}

std::string held_files::missing() const
{
    for (const held& each : held_)
    {
        struct stat found;
        const bool is_there = ::stat(each.path.c_str(), &found) == 0;
        if (!is_there || found.st_dev != each.device || found.st_ino != each.inode)
            return each.path.string() + (is_there ? ": was replaced" : ": was removed") +
                   " while it is in use; the file that was opened was expected there: put it back, "
                   "or start the host anew";
    }
    return {};
}

} // namespace penstock::host
