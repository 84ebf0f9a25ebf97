// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

#include <cstddef>
#include <string>

namespace reading
{

/// Numbers the documents of one body, so that each has an id of its own when the body has one.
class numbering
{
public:
    explicit numbering(const penstock::packet& body)
    {
        if (const auto id = body.meta_text("id"); id && !id->empty())
            prefix_.append(*id).append(1, '.');
    }

    /// Makes the packet of the next document.
    [[nodiscard]] penstock::packet next(const penstock::packet& body)
    {
        penstock::packet document = body.derive();
        ++count_;
        if (!prefix_.empty())
            document.set_meta("id", prefix_ + std::to_string(count_));
        return document;
    }

private:
    std::string prefix_;
    std::size_t count_ = 0;
};

} // namespace reading
