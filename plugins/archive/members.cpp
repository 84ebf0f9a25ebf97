// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "members.hpp"
#include "archive_name.hpp"

#include "../reading/single_bytes.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <new>
#include <utility>

#include <locale.h>

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

namespace archive_package
{

namespace
{

// Names that are no UTF-8 are in `otherwise`, which has a character for every byte.
std::string readable(std::string_view name, std::string_view otherwise = "windows-1252")
{
    return penstock::detail::is_utf8(name) ? std::string(name)
                                           : ::reading::from_single_bytes(name, otherwise);
}

// The first 32 bytes of a 7z tell where its list of files is, with a checksum that libarchive does
// not compare (7-Zip, DOC/7zFormat.txt, "Signature Header").
void check_seven_zip(std::string_view data)
{
    constexpr std::string_view mark("7z\xbc\xaf\x27\x1c", 6);
    constexpr std::size_t checksum = 8, begin = 12, end = 32;
    if (!data.starts_with(mark))
        return;
    if (data.size() < end)
        throw archive_error("ends early");
    std::uint32_t told = 0;
    for (std::size_t i = begin; i-- > checksum;)
        told = told << 8U | static_cast<unsigned char>(data[i]);
    if (::crc32(0, reinterpret_cast<const Bytef*>(data.data() + begin), end - begin) != told)
        throw archive_error("7-Zip bad CRC of the header");
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

members::members(std::string_view data, std::string_view name, bool is_told_tar, quota& count)
    : name_(name), is_told_tar_(is_told_tar), count_(count), reader_(archive_read_new())
{
    if (reader_ == nullptr)
        throw std::bad_alloc();
    try
    {
        check_seven_zip(data);
        packed_ = compressed::open(data, count_.limits().window);
        first_ = packed_ ? packed_->next() : std::string_view();
    }
    catch (const window_error&)
    {
        throw;
    }
    catch (const archive_error& error)
    {
        broken_ = error.what();
        fail();
    }
    is_empty_file_ = packed_ && first_.empty();
    if (is_empty_file_)
        return;
    const in_utf8 names;
    archive_read_support_format_zip(reader_.get());
    if (may_be_tar(packed_ ? first_ : data))
        archive_read_support_format_tar(reader_.get());
    archive_read_support_format_7zip(reader_.get());
    archive_read_support_format_raw(reader_.get());
    const int status = packed_
                           ? archive_read_open(reader_.get(), this, nullptr, &read_block, nullptr)
                           : archive_read_open_memory(reader_.get(), data.data(), data.size());
    if (status < ARCHIVE_WARN)
        fail();
}

std::ptrdiff_t members::read_block(::archive* reader, void* files, const void** block)
{
    auto& self = *static_cast<members*>(files);
    try
    {
        const std::string_view made = self.next_block();
        *block = made.data();
        return static_cast<std::ptrdiff_t>(made.size());
    }
    catch (const archive_error& error)
    {
        self.broken_ = error.what();
        archive_set_error(reader, EIO, "%s", error.what());
        return ARCHIVE_FATAL;
    }
}

std::string_view members::next_block()
{
    const std::string_view first = std::exchange(first_, {});
    return first.empty() ? packed_->next() : first;
}

// libarchive takes zeros for the end of a tar that has no member.
bool members::may_be_tar(std::string_view begin) const
{
    constexpr std::size_t block = 512;
    return begin.substr(0, block).find_first_not_of('\0') != std::string_view::npos ||
           is_told_tar_ || names_tar(name_) || (packed_ && names_tar(packed_->name()));
}

std::optional<member> members::next(wanted is_wanted)
{
    if (packed_ && std::exchange(is_empty_file_, false))
        return empty_file(is_wanted);
    if (packed_ && reader_ == nullptr)
        return std::nullopt;
    const in_utf8 names;
    for (;;)
    {
        ::archive_entry* entry = nullptr;
        const int status = archive_read_next_header(reader_.get(), &entry);
        if (status == ARCHIVE_EOF)
        {
            check_end();
            return std::nullopt;
        }
        // Behind a damaged header of a tar, what its file holds could be taken for members.
        if (status < ARCHIVE_WARN || status == ARCHIVE_RETRY)
            fail();
        // A file that is not compressed either is anything.
        if (archive_format(reader_.get()) == ARCHIVE_FORMAT_RAW && !packed_)
            throw archive_error("is no archive; zip, tar, gzip, zstd or 7z was expected");
        count_.count_member();
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
        else if (status == ARCHIVE_WARN && is_zip() && reason().starts_with("Inconsistent"))
            found.wrong = wrong(); // its header and the list at the end of the zip differ
        else
            read_data(entry, found);
        return found;
    }
}

// A file of no bytes is none that libarchive knows a format of.
std::optional<member> members::empty_file(wanted is_wanted)
{
    reader_.reset();
    count_.count_member();
    member found;
    found.path = path_of_file(packed_->name());
    return is_wanted(found.path) ? std::optional(std::move(found)) : std::nullopt;
}

// What is behind the last member has checksums too, and a tar that ends early may end at a member.
void members::check_end()
{
    if ((archive_format(reader_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR &&
        archive_filter_bytes(reader_.get(), 0) == archive_read_header_position(reader_.get()))
    {
        broken_ = "ends without the zeros that end a tar";
        fail();
    }
    if (!packed_)
        return;
    try
    {
        for (std::string_view block = next_block(); !block.empty(); block = next_block())
            count_.count_rest(block.size());
    }
    catch (const archive_limit&)
    {
        throw;
    }
    catch (const archive_error& error)
    {
        broken_ = error.what();
        fail();
    }
}

bool members::is_zip() const
{
    return (archive_format(reader_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
}

std::string members::path_of(::archive_entry* entry) const
{
    const char* name = archive_entry_pathname_utf8(entry);
    if (name == nullptr)
        name = archive_entry_pathname(entry);
    const std::string_view told = name == nullptr ? "" : name;
    // A zip that does not mark its names as UTF-8 has them in cp437 (APPNOTE, appendix D).
    return archive_format(reader_.get()) == ARCHIVE_FORMAT_RAW
               ? path_of_file(packed_->name())
               : readable(told, is_zip() ? "cp437" : "windows-1252");
}

// What is compressed alone is named as gzip tells, or as its file without the ending.
std::string members::path_of_file(std::string_view told) const
{
    if (!told.empty())
        return readable(told);
    const bool has_ending = names_archive(name_) && name_.find('.') != 0;
    const std::string_view stem = has_ending ? name_.substr(0, name_.rfind('.')) : "data";
    return std::string(stem.substr(stem.rfind('/') + 1));
}

void members::read_data(::archive_entry* entry, member& into)
{
    const std::int64_t told = archive_entry_size_is_set(entry) != 0 ? archive_entry_size(entry) : 0;
    if (told > 0)
        into.data.reserve(std::min(static_cast<std::size_t>(told), quota::always_allowed));
    for (;;)
    {
        const void* block = nullptr;
        std::size_t size = 0;
        la_int64_t offset = 0;
        const int status = archive_read_data_block(reader_.get(), &block, &size, &offset);
        if (status == ARCHIVE_EOF)
            return;
        // The list of a zip leads to the next file all the same, unless what the zip is in ended.
        if (status == ARCHIVE_FATAL && (!is_zip() || !broken_.empty()))
            fail(into.path);
        // A wrong checksum or length is a warning.
        if (status != ARCHIVE_OK)
        {
            into.wrong = wrong();
            into.data.clear();
            return;
        }
        // Holes of sparse files are zeros.
        const std::size_t end = static_cast<std::size_t>(std::max<la_int64_t>(offset, 0)) + size;
        if (end > into.data.size())
        {
            count_.count_file(into.path, into.data.size(), end - into.data.size());
            into.data.resize(end - size);
            into.data.append(static_cast<const char*>(block), size);
        }
    }
}

// The next header would unpack what is passed over all the same, and count nothing. Of a zip it is
// left as it is, unless only unpacking tells where it ends.
void members::pass_data(::archive_entry* entry, const member& of)
{
    if (archive_entry_is_data_encrypted(entry) != 0 ||
        (is_zip() && archive_entry_size_is_set(entry) != 0))
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
        count_.count_file(of.path, 0, size);
    }
}

std::string members::reason() const
{
    if (!broken_.empty())
        return broken_;
    const char* why = archive_error_string(reader_.get());
    return why == nullptr ? "ends early" : readable(why);
}

std::string members::wrong() const
{
    return "is broken: " + reason() + "; a whole file was expected";
}

void members::fail(const std::string& path) const
{
    throw archive_error(path + (path.empty() ? "" : ": ") + "is broken: " + reason() +
                        "; a whole archive was expected");
}

} // namespace archive_package
