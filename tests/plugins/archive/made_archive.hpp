// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <archive.h>
#include <archive_entry.h>

/// A file of an archive: its path and data. A path that ends in / is a folder, and data that begins
/// with "-> " is where a link points.
using archived_file = std::pair<std::string, std::string>;

/// What to write, as libarchive calls it.
struct archive_form
{
    int (*set_format)(::archive*);
    int (*add_filter)(::archive*) = nullptr;
    const char* password = nullptr;
    const char* options = nullptr;
};

inline constexpr archive_form zip_form{archive_write_set_format_zip};
inline constexpr archive_form tar_form{archive_write_set_format_pax_restricted};
inline constexpr archive_form seven_zip_form{archive_write_set_format_7zip};

/// Makes an archive of some files.
inline std::string archive_of(const archive_form& how, const std::vector<archived_file>& files)
{
    std::string whole;
    const auto append = [](::archive*, void* into, const void* part, std::size_t size)
    {
        static_cast<std::string*>(into)->append(static_cast<const char*>(part), size);
        return static_cast<la_ssize_t>(size);
    };
    ::archive* writer = archive_write_new();
    how.set_format(writer);
    if (how.add_filter != nullptr)
        how.add_filter(writer);
    if (how.password != nullptr)
    {
        archive_write_set_options(writer, "zip:encryption=aes256");
        archive_write_set_passphrase(writer, how.password);
    }
    if (how.options != nullptr)
        archive_write_set_options(writer, how.options);
    archive_write_set_bytes_in_last_block(writer, 1);
    archive_write_open(writer, &whole, nullptr, append, nullptr);
    for (const auto& [path, data] : files)
    {
        ::archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, path.c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(data.size()));
        archive_entry_set_perm(entry, 0644);
        if (path.ends_with('/'))
            archive_entry_set_filetype(entry, AE_IFDIR);
        else if (data.starts_with("-> "))
        {
            archive_entry_set_filetype(entry, AE_IFLNK);
            archive_entry_set_size(entry, 0);
            archive_entry_set_symlink(entry, data.c_str() + 3);
        }
        else
            archive_entry_set_filetype(entry, AE_IFREG);
        archive_write_header(writer, entry);
        if (archive_entry_filetype(entry) == AE_IFREG)
            archive_write_data(writer, data.data(), data.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    return whole;
}

/// One text, compressed by gzip.
inline std::string gzip_of(std::string_view text)
{
    return archive_of({archive_write_set_format_raw, archive_write_add_filter_gzip},
                      {{"data", std::string(text)}});
}
