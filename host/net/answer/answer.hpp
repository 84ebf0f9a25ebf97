// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/message.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace penstock::host::http
{

/// What a session knows of the request that an answer depends on.
struct answer_frame
{
    unsigned version = 11;
    bool keep_alive = true;
    bool head_only = false;
    bool gzip = false;
    std::size_t compress_from = 0;
};

/// The date of an answer that is made now, as RFC 9110, 5.6.7 has it: 29 characters. The view is
/// valid until the next call of this thread.
std::string_view date_of_answer();

/// Makes an answer ready for the wire and returns its header block: compresses the body if the
/// frame allows and it pays, adds Date, Content-Length and Connection, drops what may not be sent.
/// An answer with a header that would break the message (a line end in a value) becomes a 500. The
/// memory of `into` is used for the block.
std::string prepare_answer(response& answer, const answer_frame& frame, std::string into = {});

} // namespace penstock::host::http
