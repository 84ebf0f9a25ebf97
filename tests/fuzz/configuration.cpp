// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Configuration files of hosts.

#include "target.hpp"

#include "memory_file.hpp"

#include "host/app/configuration.hpp"

namespace penstock::fuzz
{

using namespace host;

std::vector<std::string> seeds()
{
    settings all;
    all.packages = {"/a", "b"};
    all.peers = {"2=https://host2:8080/under", "4095=http://[::1]"};
    return {
        write_configuration({}), write_configuration(all),
        R"({"listen": "[::1]:0", "drain": "1h", "body_limit": "1GiB", "lanes": 18446744073709551615})",
        R"({"hang_limit": 1e3, "unknown": {}, "packages": [1], "lanes": 1, "lanes": 2})"};
}

void try_input(std::string_view input)
{
    static const memory_file file;
    file.write(input);
    settings read;
    const auto problems = read_configuration(file.path(), read);
    for (const auto& each : problems)
        hold(!each.message.empty() && to_string(each).find('\n') == std::string::npos,
             "a problem is one line");
    if (!problems.empty())
        return;
    const std::string text = write_configuration(read);
    file.write(text);
    settings again;
    hold(read_configuration(file.path(), again).empty(), "what is written can be read");
    hold(write_configuration(again) == text, "it is the same");
}

} // namespace penstock::fuzz
