// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "supervised_host.hpp"

#include <fstream>
#include <string_view>
#include <utility>

namespace penstock::e2e
{

namespace
{

std::vector<std::string> with_evil(std::vector<std::string> arguments)
{
    arguments.insert(arguments.end(), {"--packages", evil_folder()});
    return arguments;
}

} // namespace

supervised_host::supervised_host(const scratch& home, std::vector<std::string> arguments)
    : live_host(home, with_evil(std::move(arguments)), processes::two)
{
}

void supervised_host::send(const std::string& body, const std::string& target)
{
    raw_client client = connect();
    client.send("POST " + target +
                " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                "Connection: close\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body);
    client.read_to_end(); // also if that is a crash
}

std::chrono::milliseconds supervised_host::wait_until_it_serves_again()
{
    constexpr std::string_view words = "serves again, ";
    const std::string line = child().wait_for(words);
    return std::chrono::milliseconds(std::stol(line.substr(line.find(words) + words.size())));
}

std::uint64_t supervised_host::answer()
{
    caller fresh(port());
    return fresh.post("/data?ack=processed", "application/json", "{}").status;
}

bool lives(pid_t process)
{
    std::string word;
    std::ifstream words("/proc/" + std::to_string(process) + "/stat");
    for (int n = 0; n < 3 && words >> word; ++n)
        continue;
    return !word.empty() && word != "Z" && word != "X";
}

std::string evil_folder()
{
    return PENSTOCK_EVIL;
}

} // namespace penstock::e2e
