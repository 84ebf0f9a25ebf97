// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "detector.hpp"
#include "xml_root.hpp"

#include "../reading/ascii.hpp"
#include "../reading/mbox_line.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>

namespace document_package
{

namespace
{

// What libmagic looks at, at most: what it tells by is near the begin.
constexpr std::size_t longest_look = std::size_t{256} << 10;

[[noreturn]] void fail(magic_t cookie, const std::string& expected)
{
    const char* why = magic_error(cookie);
    throw std::runtime_error("libmagic: " + std::string(why == nullptr ? "failed" : why) + "; " +
                             expected + " was expected");
}

} // namespace

detector::detector()
    : cookie_(magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF))
{
    if (cookie_ == nullptr)
        throw std::bad_alloc();
    if (magic_load(cookie_.get(), nullptr) != 0)
        fail(cookie_.get(), "its database");
}

std::string detector::media_type_of(std::string_view body) const
{
    const std::string_view begin = body.substr(0, longest_look);
    if (::reading::begins_in_mbox(begin) && ::reading::has_time_and_year(begin))
        return "application/mbox";
    const char* found = magic_buffer(cookie_.get(), begin.data(), begin.size());
    if (found == nullptr)
        fail(cookie_.get(), "a media type");
    std::string type = reading::lower(found);
    if (type == "text/xml" || type == "application/xml")
        if (const std::string_view known = media_type_of_root(begin); !known.empty())
            return std::string(known);
    return type.find('/') == std::string::npos ? "application/octet-stream" : type;
}

} // namespace document_package
