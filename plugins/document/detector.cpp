// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "detector.hpp"

#include "../reading/ascii.hpp"

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
    const char* found =
        magic_buffer(cookie_.get(), body.data(), std::min(body.size(), longest_look));
    if (found == nullptr)
        fail(cookie_.get(), "a media type");
    const std::string type = reading::lower(found);
    return type.find('/') == std::string::npos ? "application/octet-stream" : type;
}

} // namespace document_package
