// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace penstock::host::http::testing
{

/// The files of a certificate that vouches for itself: to be shown, and to be trusted.
struct certificate
{
    std::string file;
    std::string key; ///< mode 0600
};

/// Makes one in a folder, for a host of this name or address, with a fresh key.
[[nodiscard]] certificate make_certificate(const std::filesystem::path& folder,
                                           const std::string& name,
                                           const std::string& host = "IP:127.0.0.1");

} // namespace penstock::host::http::testing
