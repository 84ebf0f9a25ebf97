// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <utility>
#include <vector>

#include <archive.h>
#include <archive_entry.h>

/// A zip of files, each with its path.
inline std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files,
                          const char* password = nullptr)
{
    std::string whole;
    ::archive* writer = archive_write_new();
    archive_write_set_format_zip(writer);
    if (password != nullptr)
    {
        archive_write_set_options(writer, "zip:encryption=aes256");
        archive_write_set_passphrase(writer, password);
    }
    archive_write_set_bytes_in_last_block(writer, 1);
    archive_write_open(
        writer, &whole, nullptr,
        [](::archive*, void* into, const void* part, std::size_t size)
        {
            static_cast<std::string*>(into)->append(static_cast<const char*>(part), size);
            return static_cast<la_ssize_t>(size);
        },
        nullptr);
    for (const auto& [path, data] : files)
    {
        ::archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, path.c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(data.size()));
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_write_header(writer, entry);
        archive_write_data(writer, data.data(), data.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    return whole;
}
