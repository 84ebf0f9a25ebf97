// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/app/host_identity.hpp"

#include "host/journal/journal_queries.hpp"
#include "host/journal/numbering.hpp"
#include "host/store/durable_file.hpp"

#include <penstock/packet.hpp>

namespace penstock::host
{

std::string host_identity(const std::filesystem::path& data)
{
    const std::filesystem::path file = data / "identity";
    constexpr std::size_t length = 32;
    if (auto kept = read_file(file))
    {
        if (kept->size() < length)
            throw journal_error(file.string() + ": has no identity; " + std::to_string(length) +
                                " hexadecimal digits were expected");
        return kept->substr(0, length);
    }
    const std::string made = packet_id{random_seed(), random_seed()}.text();
    if (const auto failed = replace_file(file, made + "\n", true))
        throw journal_error(to_string(*failed));
    return made;
}

} // namespace penstock::host
