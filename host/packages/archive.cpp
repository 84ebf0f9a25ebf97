// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <fstream>
#include <memory>
#include <system_error>

namespace penstock::host
{

namespace
{

namespace files = std::filesystem;

struct closer
{
    void operator()(archive* opened) const noexcept { ::archive_read_free(opened); }
};

using reader = std::unique_ptr<archive, closer>;

constexpr std::size_t block = 65536;

struct gzip_closer
{
    void operator()(gzFile opened) const noexcept { ::gzclose_r(opened); }
};

/// Reads a file that gzip compressed to its end: libarchive compares none of its checksums. Other
/// files pass. Stops where more than `most` bytes are unpacked, which the archive's limits refuse.
std::optional<problem> check_gzip(const std::string& file, std::uint64_t most)
{
    const std::unique_ptr<gzFile_s, gzip_closer> opened(::gzopen(file.c_str(), "rb"));
    char part[block];
    for (std::uint64_t bytes = 0; opened != nullptr && bytes <= most;)
    {
        const int count = ::gzread(opened.get(), part, sizeof part);
        if (count > 0)
        {
            bytes += static_cast<std::uint64_t>(count);
            continue;
        }
        int code = Z_OK;
        std::string said = ::gzerror(opened.get(), &code);
        if (code == Z_OK)
            return std::nullopt;
        if (said.starts_with(file + ": ")) // not if memory runs out
            said.erase(0, file.size() + 2);
        return problem(file, "", "cannot be read: damaged: " + said,
                       "a whole .tar.gz was expected");
    }
    return std::nullopt;
}

/// Unpacks one archive.
class unpacking
{
public:
    unpacking(const files::path& file, const files::path& folder, const archive_limits& limits)
        : file_(file), folder_(folder), limits_(limits), archive_(::archive_read_new())
    {
        ::archive_read_support_format_tar(archive_.get());
        ::archive_read_support_filter_gzip(archive_.get());
        ::archive_read_support_filter_xz(archive_.get());
        ::archive_read_support_filter_zstd(archive_.get());
    }

    std::optional<problem> all()
    {
        // Folders and headers are not counted as what is unpacked.
        constexpr std::uint64_t most_of_entry = 16384;
        if (std::optional<problem> wrong =
                check_gzip(file_, limits_.bytes + limits_.entries * most_of_entry))
            return wrong;
        if (::archive_read_open_filename(archive_.get(), file_.c_str(), block) != ARCHIVE_OK)
            return unreadable();
        for (;;)
        {
            archive_entry* entry = nullptr;
            const int found = ::archive_read_next_header(archive_.get(), &entry);
            if (found == ARCHIVE_EOF)
                return std::nullopt;
            if (found != ARCHIVE_OK)
                return unreadable();
            if (++entries_ > limits_.entries)
                return problem(file_, "", "has too many entries",
                               "at most " + std::to_string(limits_.entries) +
                                   ", or a higher --unpacked-entries, were expected");
            if (std::optional<problem> wrong = one(*entry))
                return wrong;
        }
    }

private:
    std::optional<problem> one(archive_entry& entry)
    {
        const char* const name = ::archive_entry_pathname(&entry);
        const std::string path = name == nullptr ? "" : name;
        if (const std::optional<std::string> wrong = refuse_path(path))
            return problem(file_, "", quote(path) + " " + *wrong,
                           "a path below the archive's folder was expected");
        if (::archive_entry_hardlink(&entry) != nullptr)
            return no_plain_file(path, "a link");
        const auto type = ::archive_entry_filetype(&entry);
        const files::path target = folder_ / path;
        std::error_code error;
        files::create_directories(type == AE_IFDIR ? target : target.parent_path(), error);
        if (error)
            return problem(target.string(), "", "cannot be made: " + error.message(), "");
        if (type == AE_IFDIR)
            return std::nullopt;
        if (type != AE_IFREG)
            return no_plain_file(path, type == AE_IFLNK ? "a link" : "a device, pipe or socket");
        if (files::exists(files::symlink_status(target, error)))
            return problem(file_, "", quote(path) + " is in it twice",
                           "each path once was expected");
        return write(target);
    }

    std::optional<problem> write(const files::path& target)
    {
        std::ofstream out(target, std::ios::binary);
        char part[block];
        for (;;)
        {
            const la_ssize_t count = ::archive_read_data(archive_.get(), part, sizeof part);
            if (count < 0)
                return unreadable();
            bytes_ += static_cast<std::uint64_t>(count);
            if (bytes_ > limits_.bytes)
                return problem(file_, "", "is too long unpacked",
                               "at most " + std::to_string(limits_.bytes) +
                                   " bytes, or a higher --unpacked-limit, were expected");
            if (count == 0)
                break;
            out.write(part, count);
        }
        if (!out.flush())
            return problem(target.string(), "", "cannot be written", "");
        std::error_code error;
        files::permissions(target, files::perms(0644), error);
        return std::nullopt;
    }

    problem unreadable() const
    {
        const char* const said = ::archive_error_string(archive_.get());
        return {file_, "", std::string("cannot be read: ") + (said == nullptr ? "broken" : said),
                "a .tar.gz was expected"};
    }

    problem no_plain_file(const std::string& path, const std::string& kind) const
    {
        return {file_, "", quote(path) + " is " + kind, "files and folders were expected"};
    }

    const std::string file_;
    const files::path folder_;
    const archive_limits limits_;
    const reader archive_;
    std::uint64_t entries_ = 0;
    std::uint64_t bytes_ = 0;
};

} // namespace

std::optional<std::string> refuse_path(std::string_view path)
{
    if (path.empty())
        return "is empty";
    if (path.front() == '/')
        return "is absolute";
    if (path.size() > 4096)
        return "is too long";
    for (const char c : path)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\')
            return "has a control character or a backslash";
    for (std::string_view rest = path; !rest.empty();)
    {
        const std::string_view part = rest.substr(0, rest.find('/'));
        if (part == "..")
            return "leads out of its folder";
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    }
    return std::nullopt;
}

std::optional<problem> unpack(const files::path& file, const files::path& folder,
                              const archive_limits& limits)
{
    return unpacking(file, folder, limits).all();
}

} // namespace penstock::host
