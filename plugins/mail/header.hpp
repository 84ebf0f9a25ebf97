// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mail_package
{

/// The error of bytes that are no message, or of a message that costs more than it may.
class message_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The header of a message or of a part of one (RFC 5322, 2.2), as views of its text.
class header
{
public:
    /// Reads the header that a text begins with. It ends at an empty line, or at one that is no
    /// field: then the body begins with that. A line of an mbox before the first field is skipped.
    /// Throws message_error if the header is larger than `most` bytes.
    header(std::string_view text, std::size_t most);

    /// Returns the value of the first field of that name, in any case, as it is written; empty if
    /// there is none.
    [[nodiscard]] std::string_view value(std::string_view name) const;

    /// Whether there is no field.
    [[nodiscard]] bool empty() const { return fields_.empty(); }

    /// What follows.
    [[nodiscard]] std::string_view body() const { return body_; }

private:
    struct field
    {
        std::string_view name;
        std::string_view value;
    };

    std::vector<field> fields_;
    std::string_view body_;
};

} // namespace mail_package
