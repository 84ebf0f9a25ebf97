// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Archives of packages: what is unpacked, and where to.

#include "target.hpp"

#include "memory_file.hpp"

#include "host/packages/archive.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <cstdlib>
#include <filesystem>

namespace penstock::fuzz
{

namespace
{

namespace files = std::filesystem;

// Folders that are unpacked into, in one where nothing else may turn up.
class target_folder
{
public:
    target_folder()
    {
        std::string name = (files::temp_directory_path() / "penstock-fuzz-XXXXXX").string();
        hold(::mkdtemp(name.data()) != nullptr, "a folder can be made");
        path_ = name;
    }

    ~target_folder()
    {
        std::error_code ignored;
        files::remove_all(path_, ignored);
    }

    target_folder(const target_folder&) = delete;
    target_folder& operator=(const target_folder&) = delete;

    [[nodiscard]] files::path empty() const
    {
        files::remove_all(path_ / "into");
        files::create_directory(path_ / "into");
        return path_ / "into";
    }

    [[nodiscard]] bool has_more() const
    {
        return std::distance(files::directory_iterator(path_), {}) != 1;
    }

private:
    files::path path_;
};

struct entry
{
    const char* path;
    unsigned kind;
    const char* link;
    std::string text;
};

std::string packed(const std::vector<entry>& entries, bool compressed, int format)
{
    std::string made(65536, '\0');
    std::size_t used = 0;
    archive* const out = ::archive_write_new();
    ::archive_write_set_format(out, format);
    if (compressed)
        ::archive_write_add_filter_gzip(out);
    ::archive_write_set_bytes_in_last_block(out, 1);
    hold(::archive_write_open_memory(out, made.data(), made.size(), &used) == ARCHIVE_OK,
         "an archive can be made");
    for (const entry& each : entries)
    {
        archive_entry* const header = ::archive_entry_new();
        ::archive_entry_set_pathname(header, each.path);
        ::archive_entry_set_filetype(header, each.kind);
        ::archive_entry_set_perm(header, 04777);
        ::archive_entry_set_size(header, static_cast<la_int64_t>(each.text.size()));
        if (each.link != nullptr && each.kind == AE_IFLNK)
            ::archive_entry_set_symlink(header, each.link);
        else if (each.link != nullptr)
            ::archive_entry_set_hardlink(header, each.link);
        ::archive_write_header(out, header);
        ::archive_write_data(out, each.text.data(), each.text.size());
        ::archive_entry_free(header);
    }
    ::archive_write_close(out);
    ::archive_write_free(out);
    made.resize(used);
    return made;
}

} // namespace

std::vector<std::string> seeds()
{
    const std::vector<entry> good{{"demo/", AE_IFDIR, nullptr, ""},
                                  {"demo/demo.so", AE_IFREG, nullptr, "library"},
                                  {"./demo/doc/b.md", AE_IFREG, nullptr, std::string(600, 'x')}};
    const std::vector<entry> bad{{"out", AE_IFLNK, "..", ""},
                                 {"../out/a", AE_IFREG, nullptr, "x"},
                                 {"b", AE_IFREG, "demo/demo.so", ""}};
    std::vector<std::string> made;
    for (const int format :
         {ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FORMAT_TAR_PAX_INTERCHANGE, ARCHIVE_FORMAT_TAR_GNUTAR})
        for (const auto& entries : {good, bad})
            made.push_back(packed(entries, false, format));
    made.push_back(packed(good, true, ARCHIVE_FORMAT_TAR_USTAR));
    return made;
}

void try_input(std::string_view input)
{
    static const memory_file file;
    static const target_folder folder;
    file.write(input);
    const host::archive_limits limits{.bytes = 65536, .entries = 16};
    const files::path into = folder.empty();
    const bool whole = !host::unpack(file.path(), into, limits).has_value();
    hold(!folder.has_more(), "nothing is put beside the folder");
    std::uint64_t bytes = 0;
    for (const auto& each : files::recursive_directory_iterator(into))
    {
        const files::file_status status = each.symlink_status();
        hold(files::is_directory(status) || files::is_regular_file(status), "there are no links");
        if (!files::is_regular_file(status))
            continue;
        hold(each.hard_link_count() == 1, "there are no links");
        hold(!whole || status.permissions() == files::perms(0644), "files are plain");
        bytes += each.file_size();
    }
    hold(bytes <= limits.bytes, "what is unpacked keeps to its limit");
}

} // namespace penstock::fuzz
