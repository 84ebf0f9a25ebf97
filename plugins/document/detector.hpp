// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <magic.h>

namespace document_package
{

/// Media types of contents, by what libmagic knows; of an mbox and of pages in XML by what they
/// begin with, which libmagic takes for any text and any XML. It needs a stack of full size, and
/// belongs to one thread at a time.
class detector
{
public:
    /// Loads what libmagic knows. Throws std::runtime_error if it cannot be read.
    detector();

    /// The media type of a body that is not empty, in lower case; `application/octet-stream` if it
    /// is like nothing known. Throws std::runtime_error if libmagic fails.
    [[nodiscard]] std::string media_type_of(std::string_view body) const;

private:
    struct close
    {
        void operator()(magic_set* cookie) const { magic_close(cookie); }
    };

    std::unique_ptr<magic_set, close> cookie_;
};

} // namespace document_package
