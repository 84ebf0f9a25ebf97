// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "members.hpp"
#include "archive_name.hpp"

#include <penstock/charset.hpp>

#include <algorithm>
#include <new>

#include <locale.h>

#include <archive.h>
#include <archive_entry.h>

namespace archive_package
{

namespace
{

constexpr std::size_t always_allowed = std::size_t{1} << 20; // whatever the ratio

// Names that are no UTF-8 do not tell what they are in.
std::string readable(std::string_view name)
{
    try
    {
        return penstock::to_utf8(name, "utf-8");
    }
    catch (const penstock::charset_error&)
    {
        return penstock::to_utf8(name, "iso-8859-1");
    }
}

// In its scope libarchive knows names that a zip marks as UTF-8, which it converts to the locale.
class in_utf8
{
public:
    in_utf8()
        : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)),
          before_(locale_ == nullptr ? nullptr : ::uselocale(locale_))
    {
    }

    ~in_utf8()
    {
        if (locale_ == nullptr)
            return;
        ::uselocale(before_);
        ::freelocale(locale_);
    }

    in_utf8(const in_utf8&) = delete;
    in_utf8& operator=(const in_utf8&) = delete;

private:
    ::locale_t locale_;
    ::locale_t before_;
};

} // namespace

void members::close::operator()(::archive* reader) const
{
    archive_read_free(reader);
}

members::members(std::string_view data, std::string_view name, const unpack_limits& limits,
                 unpacked& count)
    : name_(name), limits_(limits), count_(count), reader_(archive_read_new())
{
    if (reader_ == nullptr)
        throw std::bad_alloc();
    const in_utf8 names;
    archive_read_support_filter_gzip(reader_.get());
    archive_read_support_filter_zstd(reader_.get());
    archive_read_support_format_zip(reader_.get());
    archive_read_support_format_tar(reader_.get());
    archive_read_support_format_7zip(reader_.get());
    archive_read_support_format_raw(reader_.get());
    if (archive_read_open_memory(reader_.get(), data.data(), data.size()) < ARCHIVE_WARN)
        fail();
}

std::optional<member> members::next(wanted is_wanted)
{
    const in_utf8 names;
    for (;;)
    {
        ::archive_entry* entry = nullptr;
        const int status = archive_read_next_header(reader_.get(), &entry);
        if (status == ARCHIVE_EOF)
            return std::nullopt;
        if (status < ARCHIVE_WARN)
            fail();
        // A file that is not compressed either is anything.
        if (archive_format(reader_.get()) == ARCHIVE_FORMAT_RAW &&
            archive_filter_code(reader_.get(), 0) == ARCHIVE_FILTER_NONE)
            throw archive_error("is no archive; zip, tar, gzip, zstd or 7z was expected");
        if (++count_.members > limits_.members)
            throw archive_limit("members: are more than " + std::to_string(limits_.members) +
                                "; a smaller archive was expected");
        if (status == ARCHIVE_RETRY)
            continue; // a damaged header; the next may be whole
        member found;
        found.path = path_of(entry);
        if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr ||
            !is_wanted(found.path))
        {
            pass_data(entry, found);
            continue;
        }
        if (archive_entry_is_data_encrypted(entry) != 0)
            found.wrong = "is encrypted; a file that needs no password was expected";
        else
            read_data(entry, found);
        return found;
    }
}

std::string members::path_of(::archive_entry* entry) const
{
    const char* name = archive_entry_pathname_utf8(entry);
    if (name == nullptr)
        name = archive_entry_pathname(entry);
    const std::string_view told = name == nullptr ? "" : name;
    if (archive_format(reader_.get()) != ARCHIVE_FORMAT_RAW)
        return readable(told);
    if (!told.empty() && told != "data")
        return readable(told);
    const bool has_ending = names_archive(name_) && name_.find('.') != 0;
    const std::string_view stem = has_ending ? name_.substr(0, name_.rfind('.')) : "data";
    return std::string(stem.substr(stem.rfind('/') + 1));
}

void members::read_data(::archive_entry* entry, member& into)
{
    const std::int64_t told = archive_entry_size_is_set(entry) != 0 ? archive_entry_size(entry) : 0;
    if (told > 0)
        into.data.reserve(std::min(static_cast<std::size_t>(told), always_allowed));
    for (;;)
    {
        const void* block = nullptr;
        std::size_t size = 0;
        la_int64_t offset = 0;
        const int status = archive_read_data_block(reader_.get(), &block, &size, &offset);
        if (status == ARCHIVE_EOF)
            return;
        if (status == ARCHIVE_FATAL)
            fail();
        if (status < ARCHIVE_WARN)
        {
            const char* why = archive_error_string(reader_.get());
            into.wrong = "is broken: " + readable(why == nullptr ? "unknown" : why) +
                         "; a whole file was expected";
            into.data.clear();
            return;
        }
        // Holes of sparse files are zeros.
        const std::size_t end = static_cast<std::size_t>(std::max<la_int64_t>(offset, 0)) + size;
        if (end > into.data.size())
        {
            count_bytes(end - into.data.size(), into);
            into.data.resize(end - size);
            into.data.append(static_cast<const char*>(block), size);
        }
    }
}

// The next header would unpack what is passed over all the same, and count nothing. Of a zip it is
// left as it is, unless only unpacking tells where it ends.
void members::pass_data(::archive_entry* entry, const member& of)
{
    const bool is_zip =
        (archive_format(reader_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
    if (archive_entry_is_data_encrypted(entry) != 0 ||
        (is_zip && archive_entry_size_is_set(entry) != 0))
        return;
    for (;;)
    {
        const void* block = nullptr;
        std::size_t size = 0;
        la_int64_t offset = 0;
        const int status = archive_read_data_block(reader_.get(), &block, &size, &offset);
        if (status == ARCHIVE_FATAL)
            fail();
        if (status == ARCHIVE_EOF || status < ARCHIVE_WARN)
            return;
        count_bytes(size, of);
    }
}

// Before it takes the memory.
void members::count_bytes(std::size_t more, const member& of)
{
    const auto exceeds = [&](const std::string& what, std::size_t limit)
    {
        throw archive_limit(of.path + ": " + what + " more than " + std::to_string(limit) +
                            "; a smaller archive was expected");
    };
    if (more > limits_.member || of.data.size() + more > limits_.member)
        exceeds("bytes of one member are", limits_.member);
    count_.bytes += more;
    if (count_.bytes > limits_.bytes)
        exceeds("bytes of all members are", limits_.bytes);
    if (count_.bytes > always_allowed && count_.bytes / limits_.ratio > count_.archive_bytes)
        exceeds("times the archive's size, all members are", limits_.ratio);
}

void members::fail() const
{
    const char* why = archive_error_string(reader_.get());
    throw archive_error("is broken: " + readable(why == nullptr ? "unknown" : why) +
                        "; a whole archive was expected");
}

} // namespace archive_package
