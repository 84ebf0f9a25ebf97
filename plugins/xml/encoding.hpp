// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

#include <string>
#include <string_view>

namespace xml_package
{

/// Returns the encoding that the XML declaration of a document names (XML 1.0, 4.3.3), in lower
/// case; empty if it names none, or is in an encoding in which ASCII is not itself. [any thread]
[[nodiscard]] std::string declared_encoding(std::string_view text);

/// Makes a document in another encoding one in UTF-8, and says so in its meta `charset`. The
/// encoding is what that meta, a byte order mark, the XML declaration or else `fallback` says.
/// Returns what is wrong with the bytes; an empty text if nothing is.
[[nodiscard]] std::string decode(penstock::packet& body, std::string_view fallback);

} // namespace xml_package
