// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace curl
{

/// Returns the part of a URL that tells the server, `https://host:9200`, without a name and password
/// in it; for messages. [any thread]
[[nodiscard]] std::string origin_of(std::string_view url);

/// Returns the host of a URL, in lower case and without the brackets of an address; empty if it is
/// no URL. [any thread]
[[nodiscard]] std::string host_of(const std::string& url);

/// Returns what is wrong with the URL of a server, as a problem of a parameter says it; empty if
/// nothing is: it is no absolute URL of HTTP, or it has a name and password, which everybody would
/// see. [any thread]
[[nodiscard]] std::string problem_of_url(const std::string& url);

/// Returns what is wrong with a URL that was made of parts, as problem_of_url() says it: its path has
/// the segment `.` or `..`, which is taken out on the way, so that another path is asked for (RFC
/// 3986, 5.2.4). [any thread]
[[nodiscard]] std::string problem_of_path(std::string_view url);

/// Returns what a reference means where `base` is the URL of the document that it stands in (RFC 3986,
/// 5.2). One that is absolute stays as it is, and so does any if the base is no URL of HTTP. [any
/// thread]
[[nodiscard]] std::string resolved(const std::string& base, const std::string& reference);

/// Writes a text as part of a path or query (RFC 3986, 2.1): every byte that is not unreserved is
/// `%XX`. [any thread]
[[nodiscard]] std::string percent_encoded(std::string_view text);

} // namespace curl
