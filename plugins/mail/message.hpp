// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "header.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mail_package
{

/// What one message may cost.
struct message_limits
{
    std::size_t bytes = std::size_t{64} << 20;   ///< of the message
    std::size_t header = std::size_t{256} << 10; ///< of the header of each part
    std::size_t text = std::size_t{16} << 20;    ///< of its texts together, HTML included
    std::size_t parts = 1000;                    ///< with those of the messages in it
    std::size_t depth = 16;                      ///< of parts in parts
    std::chrono::milliseconds time{1000};        ///< to find the text of its HTML
};

struct message;

/// A part of a message that is not its text: a file, or a message in the message.
struct attachment
{
    std::string filename; ///< empty if it has none
    std::string mimetype;
    std::string charset; ///< empty if it names none
    std::string data;    ///< of a file
    std::unique_ptr<message> nested;
};

/// What a message tells; what it lacks is empty.
struct message
{
    std::string subject;
    std::vector<std::string> from; ///< each as `ADDRESS` or `NAME <ADDRESS>`
    std::vector<std::string> to;
    std::vector<std::string> cc;
    std::string date; ///< RFC 3339
    std::string message_id;
    std::string text;
    std::vector<attachment> attachments; ///< in order
};

/// Reads a message. It needs a stack of full size. Throws message_error, with the place of what is
/// wrong, if it is none or reaches a limit. [any thread]
[[nodiscard]] message read_message(std::string_view text, const message_limits& limits);

} // namespace mail_package
