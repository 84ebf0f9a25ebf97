// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

#include <string>
#include <string_view>

namespace brokers
{

/// What a message is made of.
enum class content
{
    fields, ///< the fields as JSON; the data of a packet without any
    data    ///< the data as it came
};

/// The content that a parameter `format` names: `fields` or `data`.
[[nodiscard]] content content_of(std::string_view format);

/// The body of a message and its media type, made of a packet, which outlives it. [any thread]
class message_body
{
public:
    /// Throws std::invalid_argument for a packet without the data that are wanted.
    message_body(const penstock::packet& from, content what);

    [[nodiscard]] std::string_view bytes() const noexcept { return is_data() ? data_ : text_; }

    /// Whether it is the packet's data.
    [[nodiscard]] bool is_data() const noexcept { return text_.empty(); }

    /// As `Content-Type` has it, of printable characters: `text/plain; charset=utf-8`.
    [[nodiscard]] const std::string& type() const noexcept { return type_; }

private:
    std::string text_;      // the fields
    std::string_view data_; // of the packet
    std::string type_;
};

/// The media type of data of which none is known.
inline constexpr const char* unknown_type = "application/octet-stream";

/// Gives a packet the meta `mimetype`, and `charset` if there is one, of the type that a message
/// was sent with; an empty one is unknown.
void set_type(penstock::packet& of, std::string_view told);

} // namespace brokers
