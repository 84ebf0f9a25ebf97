// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace curl
{

/// Returns whether a status says that the server is in trouble, whoever asks it for whatever: 429
/// (RFC 6585, 4) and those from 500 on (RFC 9110, 15.6), except those that are about the request:
/// 501, 505, 506, 508 and 510. [any thread]
[[nodiscard]] constexpr bool is_outage(unsigned status)
{
    const bool is_about_the_request =
        status == 501 || status == 505 || status == 506 || status == 508 || status == 510;
    return status == 429 || (status >= 500 && !is_about_the_request);
}

} // namespace curl
