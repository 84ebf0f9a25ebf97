// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace penstock::host
{

/// One entry of an archive that a test makes; its path and kind may be anything.
struct packed
{
    std::string path;
    std::string text = {};
    unsigned kind = AE_IFREG;
    std::string link = {};      ///< where a symbolic link leads
    std::string hard_link = {}; ///< what it is another name of
    unsigned mode = 0644;
};

/// Makes a .tar.gz.
inline std::string pack(const std::string& file, const std::vector<packed>& entries)
{
    archive* const out = ::archive_write_new();
    ::archive_write_add_filter_gzip(out);
    ::archive_write_set_format_pax_restricted(out);
    if (::archive_write_open_filename(out, file.c_str()) != ARCHIVE_OK)
        throw std::runtime_error(file + ": cannot be made");
    for (const packed& each : entries)
    {
        archive_entry* const entry = ::archive_entry_new();
        ::archive_entry_set_pathname(entry, each.path.c_str());
        ::archive_entry_set_filetype(entry, each.kind);
        ::archive_entry_set_perm(entry, static_cast<::mode_t>(each.mode));
        ::archive_entry_set_size(entry, static_cast<la_int64_t>(each.text.size()));
        if (!each.link.empty())
            ::archive_entry_set_symlink(entry, each.link.c_str());
        if (!each.hard_link.empty())
            ::archive_entry_set_hardlink(entry, each.hard_link.c_str());
        if (::archive_write_header(out, entry) != ARCHIVE_OK)
            throw std::runtime_error(each.path + ": cannot be packed");
        ::archive_write_data(out, each.text.data(), each.text.size());
        ::archive_entry_free(entry);
    }
    ::archive_write_close(out);
    ::archive_write_free(out);
    return file;
}

} // namespace penstock::host
