// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "bearer.hpp"

#include <stdexcept>

#include <sys/stat.h>

namespace penstock::e2e
{

std::string make_token(const scratch& home, const std::string& name,
                       const std::vector<std::string>& scopes, const std::string& expires)
{
    std::vector<std::string> words{"token", "new", name, "--data", home.at("data")};
    for (const std::string& each : scopes)
        words.insert(words.end(), {"--scope", each});
    if (!expires.empty())
        words.insert(words.end(), {"--expires", expires});
    ended made = host::cli::testing::run(home, words);
    if (made.code != 0 || !made.out.ends_with('\n'))
        throw std::runtime_error("no token was made: " + made.err);
    made.out.pop_back();
    return made.out;
}

std::string keep_token(const scratch& home, const std::string& token, const std::string& name)
{
    const std::string file = home.write(name, token + "\n");
    ::chmod(file.c_str(), 0600);
    return file;
}

header_fields bearing(const std::string& token)
{
    return {{"Authorization", "Bearer " + token}};
}

std::string small_graph(const scratch& home)
{
    return home.write("g.json", graph("g", {{"read", "json/read"}, {"end", "debug/null"}},
                                      {{"read.out", "end.in"}}));
}

} // namespace penstock::e2e
