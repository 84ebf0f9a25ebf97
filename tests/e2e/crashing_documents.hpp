// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "supervised_host.hpp"

#include <set>
#include <string>

namespace penstock::e2e
{

inline std::string evil_graph(const scratch& home, const std::string& name = "g",
                              const std::string& component = "obey")
{
    return home.write(name + ".json", graph(name,
                                            {{"read", "json/read"},
                                             {"obey", "evil/" + component},
                                             {"write", "files/write",
                                              R"({"path": ")" + home.at(name + ".ndjson") + "\"}"}},
                                            {{"read.out", "obey.in"}, {"obey.out", "write.in"}}));
}

inline std::string document(int n, const std::string& how = {})
{
    return R"({"n": )" + std::to_string(n) + (how.empty() ? "" : R"(, "evil": ")" + how + "\"") +
           "}";
}

inline std::set<std::int64_t> written(const std::string& file)
{
    std::set<std::int64_t> found;
    const std::string text = read_file(file);
    for (std::size_t begin = 0; begin < text.size();)
    {
        const std::size_t end = text.find('\n', begin);
        if (end == std::string::npos)
            break;
        found.insert(penstock::parse_json(text.substr(begin, end - begin)).at("n").as_int64());
        begin = end + 1;
    }
    return found;
}

inline std::set<std::int64_t> up_to(int count)
{
    std::set<std::int64_t> all;
    for (int n = 0; n < count; ++n)
        all.insert(n);
    return all;
}

inline json::array letters_of(live_host& host)
{
    caller fresh(host.port());
    return fresh.get("/api/dead-letters").at("dead_letters").as_array();
}

inline std::size_t count_of(const std::string& text, const std::string& part)
{
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

} // namespace penstock::e2e
