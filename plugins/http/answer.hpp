// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

namespace http_package
{

/// Makes a packet what `penstock::whole_replies` asks for: data, meta `mimetype` and meta `status`.
///
/// The body is the data of the packet; if it has none, its field `body`, a text as it is and any
/// other value as JSON. Without a meta `mimetype` a text is `text/plain`, other JSON
/// `application/json`, data `application/octet-stream`; a type `text/…` without a charset has that
/// of meta `charset` if the body is data, else UTF-8. The status is a whole number from 200 to 599,
/// also written as a text; 200 if there is none. Throws std::invalid_argument, and leaves the packet
/// as it is, for any other status, for a type that is none (RFC 9110, section 8.3.1), and for a
/// number that JSON cannot hold. [a component's own fiber]
void make_answer(penstock::packet& packet);

} // namespace http_package
